import type { Fault } from '@stepdown/simulator';

export type DrillProvider = 'claude' | 'gpt' | 'open-model';

/** One change of one provider, `atSeconds` after the outage began. */
export interface DrillStep {
  readonly atSeconds: number;
  readonly provider: DrillProvider;
  readonly fault: Fault;
}

export interface DrillScenario {
  readonly title: string;
  readonly seconds: number;
  /** Steps of an outage of this length; when it is over every provider is healthy again. */
  readonly steps: (seconds: number) => readonly DrillStep[];
  /** Tiers that may answer questions asked during the outage. */
  readonly tiers: readonly string[];
  /** Latest moment at which the ladder shows the trouble; undefined = it may never need to. */
  readonly detectWithinMs: number | undefined;
  /** First text of the answer that stands, 99 of 100 questions asked during the outage. */
  readonly firstTextWithinMs: number;
  /** First answer of the top tier after the outage; undefined = not waited for. */
  readonly backWithinMs: number | undefined;
}

const MODELS = ['claude', 'gpt', 'open-model'];
const FLOOR = ['faq', 'handoff'];

/** The defaults of the ladder: a failure is told at once, silence costs 8 s, and recovery is noticed within 30 s. */
const base = {
  seconds: 20,
  tiers: MODELS,
  detectWithinMs: 5_000 as number | undefined,
  firstTextWithinMs: 1_500,
  backWithinMs: 30_000 as number | undefined,
} as const;

const on = (provider: DrillProvider, fault: Fault): readonly DrillStep[] => [{ atSeconds: 0, provider, fault }];
const both = (fault: Fault): readonly DrillStep[] => [...on('claude', fault), ...on('gpt', fault)];

export const DRILLS: Readonly<Record<string, DrillScenario>> = {
  'claude-down': { ...base, title: 'Claude refuses every connection', steps: () => on('claude', { mode: 'refused' }) },
  'gpt-down': {
    ...base,
    title: 'GPT, which stands by, is gone: nobody may notice',
    tiers: ['claude'],
    detectWithinMs: undefined,
    steps: () => on('gpt', { mode: 'refused' }),
  },
  'both-down': {
    ...base,
    title: 'Claude and GPT are gone at once',
    tiers: [...MODELS, ...FLOOR],
    steps: () => both({ mode: 'overloaded' }),
  },
  brownout: {
    ...base,
    title: '30 % of Claude’s answers are a 500',
    seconds: 30,
    detectWithinMs: undefined,
    steps: () => on('claude', { mode: 'server-error', share: 0.3 }),
  },
  'slow-first-token': {
    ...base,
    title: 'Claude’s first token comes after 12 s',
    detectWithinMs: 12_000,
    firstTextWithinMs: 9_500,
    steps: () => on('claude', { mode: 'slow', firstTokenMs: 12_000 }),
  },
  'mid-answer-cut': {
    ...base,
    title: 'Claude breaks off in the middle of every answer',
    firstTextWithinMs: 3_000,
    steps: () => on('claude', { mode: 'cut', afterTokens: 5, interruptInFlight: true }),
  },
  stall: {
    ...base,
    title: 'Claude falls silent in the middle of every answer',
    detectWithinMs: 12_000,
    firstTextWithinMs: 9_500,
    steps: () => on('claude', { mode: 'stall', afterTokens: 5, keepsAlive: true }),
  },
  silent: {
    ...base,
    title: 'Claude accepts requests and never answers',
    detectWithinMs: 12_000,
    firstTextWithinMs: 9_500,
    steps: () => on('claude', { mode: 'silent' }),
  },
  'rate-limited': {
    ...base,
    title: 'Claude answers 429, retry-after 5 s',
    detectWithinMs: undefined,
    backWithinMs: 60_000,
    steps: () => on('claude', { mode: 'rate-limited', retryAfterSeconds: 5 }),
  },
  'bad-key': {
    ...base,
    title: 'Claude’s key is refused; it is looked at again every 5 min',
    backWithinMs: undefined,
    steps: () => on('claude', { mode: 'bad-key' }),
  },
  flapping: { ...base, title: 'Claude is up and down, 8 s each', seconds: 40, backWithinMs: undefined, steps: flapping },
  recovery: {
    ...base,
    title: 'Claude is overloaded for a minute, then well',
    seconds: 60,
    steps: () => on('claude', { mode: 'overloaded' }),
  },
};

function flapping(seconds: number): readonly DrillStep[] {
  return Array.from({ length: Math.ceil(seconds / 8) }, (_, index): DrillStep => {
    return { atSeconds: 8 * index, provider: 'claude', fault: index % 2 === 0 ? { mode: 'overloaded' } : { mode: 'healthy' } };
  });
}
