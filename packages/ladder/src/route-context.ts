import type { Clock, Random, RouteWindow, TierFailure } from '@stepdown/kernel';
import type { Policy } from './policy.ts';
import type { Leniency } from './thresholds.ts';
import type { RouteDescriptor, RouteState } from './types.ts';

/**
 * What a report tells the route machine. `isStale`: the turn was planned before the route entered its present state,
 * or before the first failure that is being confirmed.
 */
interface Evidence {
  readonly from: 'turn' | 'probe';
  readonly window: RouteWindow;
  readonly isStale: boolean;
}

export type LatchKind = 'credential' | 'model';
export type ProbeKind = 'confirm' | 'recovery' | 'background' | 'recheck';

export type RouteEvent =
  | ({ readonly type: 'attempt.succeeded' } & Evidence)
  | ({ readonly type: 'attempt.failed'; readonly failure: TierFailure } & Evidence)
  /** A failure that counts against nobody: our own network is the suspect. */
  | { readonly type: 'attempt.excused'; readonly window: RouteWindow; readonly failure: TierFailure }
  /** A probe that says nothing about health: cancelled, rate-limited, rejected. */
  | { readonly type: 'probe.inconclusive'; readonly failure: TierFailure | undefined }
  | { readonly type: 'latch.set'; readonly latch: LatchKind; readonly failure: TierFailure }
  /** Another route with the same credential was let in again. */
  | { readonly type: 'latch.lifted' }
  /** Another route with the same credential failed in a way that concerns the whole house. */
  | { readonly type: 'neighbour.failed' }
  | { readonly type: 'status.suspected'; readonly reason: string }
  | { readonly type: 'status.cleared' }
  | { readonly type: 'recheck.asked' }
  | { readonly type: 'customer.sent' }
  | { readonly type: 'egress.suspected' }
  | { readonly type: 'egress.cleared' };

export type RouteEmitted =
  | { readonly type: 'probe.due'; readonly kind: ProbeKind }
  | { readonly type: 'flapping'; readonly detail: string };

/** Ports and numbers of one route machine. */
export interface RouteInput {
  readonly route: RouteDescriptor;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: Random;
  readonly restored?: RouteMemory;
}

/** What a route remembers over a restart. Durations, not points in time: the monotonic clock starts anew. */
export interface RouteMemory {
  readonly id: string;
  readonly state: RouteState;
  readonly since: number;
  readonly cause: string;
  readonly signal: string;
  readonly lastFailure: TierFailure | undefined;
  readonly latch: LatchKind | undefined;
  readonly window: RouteWindow | undefined;
  readonly openAgesMs: readonly number[];
  readonly isFlapAlerted: boolean;
  readonly outageAgeMs: number;
  readonly nextProbeInMs: number;
  readonly notBeforeInMs: number;
  readonly rampStage: number;
  readonly stageEndsInMs: number;
  readonly stageEvidence: number;
  readonly confirmInMs: number;
  readonly customersInDoubt: number;
  readonly forgivenFailures: number;
  /** −1 when no verdict has cleared the route yet. */
  readonly verdictAgeMs: number;
}

/** Names ending in `AtMs`, `SinceMs`, `UntilMs` are points on the monotonic clock; `since` is epoch ms. */
export interface RouteContext {
  readonly route: RouteDescriptor;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: Random;
  readonly startsAs: RouteState;
  readonly since: number;
  readonly enteredAtMs: number;
  readonly cause: string;
  readonly signal: string;
  readonly lastFailure: TierFailure | undefined;
  readonly window: RouteWindow | undefined;
  readonly isSuspicious: boolean;
  readonly latch: LatchKind | undefined;
  /** When a verdict (ramp ended, egress back) last cleared the route. */
  readonly verdictAtMs: number;
  readonly forgivenFailures: number;
  /** Since when a confirm probe is being waited for, until when it may answer, and the customers sent meanwhile. */
  readonly doubtSinceMs: number;
  readonly confirmUntilMs: number;
  readonly customersInDoubt: number;
  readonly openedAtMs: readonly number[];
  readonly isFlapAlerted: boolean;
  /** The last open came from the ramp. */
  readonly isReopened: boolean;
  readonly outageSinceMs: number;
  readonly nextProbeAtMs: number;
  readonly lastProbeAtMs: number;
  /** The provider's own retry-after. */
  readonly notBeforeMs: number;
  readonly goodProbes: number;
  readonly firstGoodProbeAtMs: number;
  readonly lastGoodProbeAtMs: number;
  readonly rampStage: number;
  readonly stageEndsAtMs: number;
  readonly stageEvidence: number;
}

/** The leniency of this moment, for the thresholds. */
export function leniencyOf(context: RouteContext): Leniency {
  return {
    isSuspicious: context.isSuspicious,
    forgivenFailures: context.forgivenFailures,
    sinceVerdictMs: context.clock.monotonicMs() - context.verdictAtMs,
  };
}

/** What a route that nothing is known about would have remembered. */
function blankMemory({ route, clock }: RouteInput): RouteMemory {
  return {
    id: route.id,
    state: 'healthy',
    since: clock.now(),
    cause: 'No failure seen since the start',
    signal: route.id,
    lastFailure: undefined,
    latch: undefined,
    window: undefined,
    openAgesMs: [],
    isFlapAlerted: false,
    outageAgeMs: 0,
    nextProbeInMs: 0,
    notBeforeInMs: 0,
    rampStage: 0,
    stageEndsInMs: 0,
    stageEvidence: 0,
    confirmInMs: 0,
    customersInDoubt: 0,
    forgivenFailures: 0,
    verdictAgeMs: -1,
  };
}

/** The memory of an earlier process counted on from now, or a blank one. */
export function createRouteContext(input: RouteInput): RouteContext {
  const { route, policy, clock, random, restored } = input;
  const now = clock.monotonicMs();
  const memory = restored ?? blankMemory(input);
  return {
    route,
    policy,
    clock,
    random,
    // A probe that was in flight is lost: the route waits for the next one.
    startsAs: memory.state === 'probing' ? 'open' : memory.state,
    since: memory.since,
    enteredAtMs: now - Math.max(0, clock.now() - memory.since),
    cause: memory.cause,
    signal: memory.signal,
    lastFailure: memory.lastFailure,
    window: memory.window,
    isSuspicious: false,
    latch: memory.latch,
    verdictAtMs: memory.verdictAgeMs < 0 ? Number.NEGATIVE_INFINITY : now - memory.verdictAgeMs,
    forgivenFailures: memory.forgivenFailures,
    customersInDoubt: memory.customersInDoubt,
    doubtSinceMs: memory.confirmInMs > 0 ? now : Number.NEGATIVE_INFINITY,
    confirmUntilMs: now + memory.confirmInMs,
    openedAtMs: memory.openAgesMs.map((age) => now - age),
    isFlapAlerted: memory.isFlapAlerted,
    isReopened: false,
    outageSinceMs: now - memory.outageAgeMs,
    nextProbeAtMs: now + memory.nextProbeInMs,
    lastProbeAtMs: Number.NEGATIVE_INFINITY,
    notBeforeMs: now + memory.notBeforeInMs,
    goodProbes: 0,
    firstGoodProbeAtMs: now,
    lastGoodProbeAtMs: Number.NEGATIVE_INFINITY,
    rampStage: memory.rampStage,
    stageEndsAtMs: now + memory.stageEndsInMs,
    stageEvidence: memory.stageEvidence,
  };
}
