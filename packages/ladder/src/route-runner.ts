import { createActor } from 'xstate';
import { isConfirming, RAMP_SHARES } from './route-changes.ts';
import type { LatchKind, ProbeKind, RouteContext, RouteEvent, RouteInput, RouteMemory } from './route-context.ts';
import { routeMachine } from './route-machine.ts';
import type { RouteDescriptor, RouteSnapshot, RouteState } from './types.ts';

export interface RouteHooks {
  readonly changed: (from: RouteState) => void;
  readonly probeDue: (kind: ProbeKind) => void;
  readonly flapping: (detail: string) => void;
}

/** One running route machine, and what the ladder asks it. */
export interface RouteRunner {
  readonly route: RouteDescriptor;
  send(event: RouteEvent): void;
  state(): RouteState;
  context(): RouteContext;
  latch(): LatchKind | undefined;
  /** Share of the turns this route may take while it ramps; 1 in a closed state, 0 in a blocked one. */
  share(): number;
  /** False while a first failure waits for its confirm probe and enough customers have been sent already. */
  hasRoomInDoubt(): boolean;
  snapshot(): Omit<RouteSnapshot, 'isDrill' | 'saturatedUntil' | 'saturationShare'>;
  memory(): RouteMemory;
  stop(): void;
}

/** Starts the machine of one route on the given clock. */
export function startRoute(input: RouteInput, hooks: RouteHooks): RouteRunner {
  const actor = createActor(routeMachine, { id: input.route.id, clock: input.clock, input });
  const context = (): RouteContext => actor.getSnapshot().context;
  const state = (): RouteState => stateOf(actor.getSnapshot().value);
  const subscriptions = [
    actor.on('probe.due', ({ kind }) => hooks.probeDue(kind)),
    actor.on('flapping', ({ detail }) => hooks.flapping(detail)),
  ];
  actor.start();
  let last = state();
  subscriptions.push(
    actor.subscribe(() => {
      const from = last;
      last = state();
      if (last !== from) hooks.changed(from);
    }),
  );

  return {
    route: input.route,
    send: (event) => actor.send(event),
    state,
    context,
    latch: () => (state() === 'latched' ? context().latch : undefined),
    share: () => shareIn(state(), context()),
    hasRoomInDoubt: () => hasRoomInDoubt(context()),
    snapshot: () => snapshotOf(context(), state()),
    memory: () => memoryOf(context(), state()),
    stop() {
      for (const subscription of subscriptions) subscription.unsubscribe();
      actor.stop();
    },
  };
}

type RouteStateValue = ReturnType<ReturnType<typeof createActor<typeof routeMachine>>['getSnapshot']>['value'];

function stateOf(value: RouteStateValue): RouteState {
  if (typeof value !== 'string') return 'probing' in value ? 'probing' : 'ramping';
  return value === 'starting' ? 'healthy' : value;
}

function shareIn(state: RouteState, context: RouteContext): number {
  if (state === 'ramping') return RAMP_SHARES[context.rampStage] ?? 1;
  return state === 'healthy' || state === 'degraded' ? 1 : 0;
}

/** Together with the customer whose attempt failed first, no more than it takes to open the route. */
function hasRoomInDoubt(context: RouteContext): boolean {
  const { policy } = context;
  const most = context.isSuspicious ? policy.openConsecutiveFailuresSuspicious : policy.openConsecutiveFailures;
  return !isConfirming(context) || context.customersInDoubt < most - 1;
}

function snapshotOf(context: RouteContext, state: RouteState): ReturnType<RouteRunner['snapshot']> {
  const nowMs = context.clock.monotonicMs();
  const { window } = context;
  const waitsForProbe = state === 'open' || state === 'latched' || state === 'probing';
  return {
    id: context.route.id,
    tier: context.route.tier,
    model: context.route.model,
    state,
    since: context.since,
    cause: context.cause,
    lastFailure: context.lastFailure,
    isSuspicious: context.isSuspicious,
    rampShare: state === 'ramping' ? shareIn(state, context) : 1,
    nextProbeAt: waitsForProbe ? context.clock.now() + Math.max(0, context.nextProbeAtMs - nowMs) : undefined,
    firstTextP50Ms: window?.firstTextP50Ms,
    firstTextP95Ms: window?.firstTextP95Ms,
    errorRatio: window === undefined || window.longSamples === 0 ? undefined : window.longBreaches / window.longSamples,
    lastSuccessAt: window?.lastSuccessAt,
    opensInWindow: context.openedAtMs.filter((at) => nowMs - at < context.policy.flapWindowMs).length,
  };
}

function memoryOf(context: RouteContext, state: RouteState): RouteMemory {
  const nowMs = context.clock.monotonicMs();
  const remaining = (atMs: number): number => Math.max(0, atMs - nowMs);
  return {
    id: context.route.id,
    state,
    since: context.since,
    cause: context.cause,
    signal: context.signal,
    lastFailure: context.lastFailure,
    latch: state === 'latched' ? context.latch : undefined,
    window: context.window,
    openAgesMs: context.openedAtMs.map((atMs) => nowMs - atMs),
    isFlapAlerted: context.isFlapAlerted,
    outageAgeMs: Math.max(0, nowMs - context.outageSinceMs),
    nextProbeInMs: remaining(context.nextProbeAtMs),
    notBeforeInMs: remaining(context.notBeforeMs),
    rampStage: context.rampStage,
    stageEndsInMs: remaining(context.stageEndsAtMs),
    stageEvidence: context.stageEvidence,
    confirmInMs: remaining(context.confirmUntilMs),
    customersInDoubt: context.customersInDoubt,
    forgivenFailures: context.forgivenFailures,
    verdictAgeMs: Number.isFinite(context.verdictAtMs) ? nowMs - context.verdictAtMs : -1,
  };
}
