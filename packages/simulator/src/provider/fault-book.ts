import { type Fault, type FaultMode, HEALTHY, isRouteWide } from './fault.ts';

/** What a fault's conditions look at. */
interface RequestFacts {
  readonly kind: 'answer' | 'model';
  readonly model: string | null;
  readonly lastUserText: string;
}

export interface FaultState {
  readonly fault: Fault;
  readonly usedTimes: number;
}

/** The faults in force at one provider. The first whose conditions hold applies. */
export interface FaultBook {
  set(faults: readonly Fault[]): void;
  choose(facts: RequestFacts): Fault;
  /** The first fault's mode, or `healthy`; spent faults count as gone. */
  mode(): FaultMode;
  state(): readonly FaultState[];
}

/** `random` gives numbers in [0, 1) for shares. */
export function createFaultBook(random: () => number): FaultBook {
  let entries: { readonly fault: Fault; usedTimes: number }[] = [];
  const isSpent = ({ fault, usedTimes }: FaultState) => fault.times !== undefined && usedTimes >= fault.times;
  return {
    set: (faults) => {
      entries = faults.filter((fault) => fault.mode !== 'healthy').map((fault) => ({ fault, usedTimes: 0 }));
    },
    choose: (facts) => {
      const found = entries.find((entry) => !isSpent(entry) && applies(entry.fault, facts) && isDrawn(entry.fault, random));
      if (found === undefined) return HEALTHY;
      found.usedTimes += 1;
      return found.fault;
    },
    mode: () => entries.find((entry) => !isSpent(entry))?.fault.mode ?? 'healthy',
    state: () => entries.map((entry) => ({ ...entry })),
  };
}

function applies(fault: Fault, facts: RequestFacts): boolean {
  if (fault.models !== undefined && !fault.models.some((model) => model === facts.model)) return false;
  if (facts.kind === 'model') return isRouteWide(fault);
  return fault.match === undefined || facts.lastUserText.toLowerCase().includes(fault.match.toLowerCase());
}

function isDrawn(fault: Fault, random: () => number): boolean {
  return fault.share === undefined || random() < fault.share;
}

/** Mulberry32: small, seeded, good enough to draw a share. */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
