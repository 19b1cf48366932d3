import { assign, emit, enqueueActions, setup } from 'xstate';
import { withJitter } from './probe-schedule.ts';
import * as change from './route-changes.ts';
import type { RouteContext, RouteEmitted, RouteEvent, RouteInput } from './route-context.ts';
import { createRouteContext, leniencyOf } from './route-context.ts';
import { alertFlapping, hasFreshSuccess, isDegrading, isOpening, isRecovered, untilMs } from './route-judgements.ts';
import * as thresholds from './thresholds.ts';

/**
 * Health of one route: healthy → degraded → open → probing → ramping → healthy, or latched (SPEC.md, L4–L24).
 * Evidence comes in as events, probes are asked for by emitting `probe.due`; time is the actor's clock.
 */
export const routeMachine = setup({
  types: {
    input: {} as RouteInput,
    context: {} as RouteContext,
    events: {} as RouteEvent,
    emitted: {} as RouteEmitted,
  },
  delays: {
    backgroundProbe: ({ context }) => withJitter(context.policy.probeBackgroundMs, context.policy.probeJitterRatio, context.random),
    // So often that an idle route can show its five good samples within a minute.
    degradedProbe: ({ context }) => Math.floor(context.policy.recoveredForMs / context.policy.recoveredMinimumSamples),
    untilNextProbe: ({ context }) => untilMs(context, context.nextProbeAtMs),
    probeLost: ({ context }) => context.policy.probeTimeoutMs + context.policy.probeLostAfterMs,
    stageHalf: ({ context }) => untilMs(context, context.stageEndsAtMs) / 2,
    stageEnd: ({ context }) => untilMs(context, context.stageEndsAtMs),
    stageOverdue: ({ context }) =>
      untilMs(context, context.stageEndsAtMs) + context.policy.probeTimeoutMs + context.policy.probeLostAfterMs,
  },
  guards: {
    startsDegraded: ({ context }) => context.startsAs === 'degraded',
    startsOpen: ({ context }) => context.startsAs === 'open',
    startsLatched: ({ context }) => context.startsAs === 'latched',
    startsAtQuarter: ({ context }) => context.startsAs === 'ramping' && context.rampStage <= 0,
    startsAtHalf: ({ context }) => context.startsAs === 'ramping' && context.rampStage === 1,
    startsAtFull: ({ context }) => context.startsAs === 'ramping' && context.rampStage >= 2,
    opens: isOpening,
    degrades: isDegrading,
    recovers: isRecovered,
    failedRecently: ({ context }) => thresholds.hasRecentFailure(context.window, leniencyOf(context), context.policy),
    openedByOurNetwork: ({ context }) => change.isOpenedByOurNetwork(context),
    reopenedByOurNetwork: ({ context }) => context.isReopened && change.isOpenedByOurNetwork(context),
    mayProbe: ({ context }) => context.clock.monotonicMs() >= context.notBeforeMs,
    isProbe: ({ event }) => (event.type === 'attempt.succeeded' || event.type === 'attempt.failed') && event.from === 'probe',
    isLastGoodProbe: ({ context, event }) =>
      event.type === 'attempt.succeeded' && event.from === 'probe' && change.isLastGoodProbe(context),
    isStale: ({ event }) => (event.type === 'attempt.succeeded' || event.type === 'attempt.failed') && event.isStale,
    hasStageEvidence: ({ context }) => context.stageEvidence > 0,
    isStageOver: ({ context }) => context.clock.monotonicMs() >= context.stageEndsAtMs,
    isCredentialLatch: ({ context }) => context.latch === 'credential',
  },
  actions: {
    enterState: assign(({ context }) => change.enterState(context)),
    noteEvidence: assign(({ context, event }) => change.noteEvidence(context, event)),
    noteInconclusive: assign(({ context, event }) => ({ ...change.noteEvidence(context, event), ...change.endDoubt() })),
    noteDegraded: assign(({ context, event }) => change.degradedCause(context, event)),
    noteRecovered: assign(({ context }) => change.recoveredCause(context)),
    noteClimbed: assign(({ context }) => change.climbedCause(context)),
    noteRamp: assign(({ context }) => change.rampCause(context)),
    noteLatch: assign(({ context, event }) => change.latchNow(context, event)),
    noteUnlatched: assign(({ context }) => change.unlatch(context)),
    suspect: assign({ isSuspicious: true }),
    trust: assign({ isSuspicious: false }),
    countCustomer: assign(({ context }) => change.countCustomer(context)),
    forgive: assign(({ context }) => change.forgive(context)),
    takeBackOpen: assign(({ context }) => change.takeBackOpen(context)),
    planNextProbe: assign(({ context }) => change.planNextProbe(context)),
    postponeProbe: assign(({ context }) => ({ nextProbeAtMs: Math.max(context.nextProbeAtMs, context.notBeforeMs) })),
    planRecheck: assign(({ context }) => change.planRecheck(context)),
    forgetGoodProbes: assign(() => change.forgetGoodProbes()),
    countGoodProbe: assign(({ context }) => change.countGoodProbe(context)),
    countStageEvidence: assign({ stageEvidence: ({ context }) => context.stageEvidence + 1 }),
    beginQuarter: assign(({ context }) => change.beginStage(context, 0)),
    beginHalf: assign(({ context }) => change.beginStage(context, 1)),
    beginFull: assign(({ context }) => change.beginStage(context, 2)),
    noteOpen: enqueueActions(({ context, event, enqueue }) => {
      const opened = change.openNow(context, event);
      alertFlapping(context, opened, (detail) => enqueue.emit({ type: 'flapping', detail }));
      enqueue.assign(opened);
    }),
    noteReopen: enqueueActions(({ context, event, enqueue }) => {
      const opened = change.reopenNow(context, event);
      alertFlapping(context, opened, (detail) => enqueue.emit({ type: 'flapping', detail }));
      enqueue.assign(opened);
    }),
    // The first failure asks at once, so that the next failures come from probes and not from customers.
    askConfirm: enqueueActions(({ context, event, enqueue }) => {
      const isAnswer = event.type === 'attempt.failed' && event.from === 'probe';
      if (change.isConfirming(context) && !isAnswer) return;
      enqueue.assign(change.awaitConfirm(context));
      enqueue.emit({ type: 'probe.due', kind: 'confirm' });
    }),
    askBackground: enqueueActions(({ context, enqueue }) => {
      if (!hasFreshSuccess(context)) enqueue.emit({ type: 'probe.due', kind: 'background' });
    }),
    askDegraded: enqueueActions(({ context, enqueue }) => {
      const isShort = (context.window?.shortSamples ?? 0) < context.policy.recoveredMinimumSamples;
      if (isShort || !hasFreshSuccess(context)) enqueue.emit({ type: 'probe.due', kind: 'background' });
    }),
    noteProbeAsked: assign(({ context }) => change.noteProbeAsked(context)),
    askRecovery: emit({ type: 'probe.due', kind: 'recovery' }),
    askRecheck: emit({ type: 'probe.due', kind: 'recheck' }),
    askStageProbe: enqueueActions(({ context, enqueue }) => {
      if (context.stageEvidence === 0) enqueue.emit({ type: 'probe.due', kind: 'recovery' });
    }),
  },
}).createMachine({
  id: 'route',
  context: ({ input }) => createRouteContext(input),
  initial: 'starting',
  on: {
    'latch.set': { target: '.latched', actions: ['noteEvidence', 'noteLatch', 'enterState'] },
    'status.suspected': { actions: 'suspect' },
    'status.cleared': { actions: 'trust' },
    'egress.cleared': { actions: 'forgive' },
    'probe.inconclusive': { actions: 'noteInconclusive' },
    'attempt.excused': { actions: 'noteInconclusive' },
    'attempt.succeeded': { actions: 'noteEvidence' },
    'attempt.failed': { actions: 'noteEvidence' },
  },
  states: {
    starting: {
      always: [
        { guard: 'startsDegraded', target: 'degraded' },
        { guard: 'startsOpen', target: 'open' },
        { guard: 'startsAtQuarter', target: 'ramping.quarter' },
        { guard: 'startsAtHalf', target: 'ramping.half' },
        { guard: 'startsAtFull', target: 'ramping.full' },
        { guard: 'startsLatched', target: 'latched' },
        { target: 'healthy' },
      ],
    },
    healthy: {
      after: { backgroundProbe: { target: 'healthy', reenter: true, actions: 'askBackground' } },
      on: {
        'attempt.succeeded': [
          { guard: 'opens', target: 'open', actions: ['noteOpen', 'noteEvidence', 'enterState'] },
          { guard: 'degrades', target: 'degraded', actions: ['noteEvidence', 'noteDegraded', 'enterState'] },
          { actions: 'noteEvidence' },
        ],
        'attempt.failed': [
          { guard: 'opens', target: 'open', actions: ['noteEvidence', 'noteOpen', 'enterState'] },
          { guard: 'degrades', target: 'degraded', actions: ['noteEvidence', 'noteDegraded', 'askConfirm', 'enterState'] },
          { actions: ['noteEvidence', 'askConfirm'] },
        ],
        'status.suspected': [
          { guard: 'failedRecently', target: 'degraded', actions: ['suspect', 'noteDegraded', 'enterState'] },
          { actions: 'suspect' },
        ],
        'neighbour.failed': { actions: 'askConfirm' },
        'customer.sent': { actions: 'countCustomer' },
      },
    },
    degraded: {
      after: { degradedProbe: { target: 'degraded', reenter: true, actions: 'askDegraded' } },
      on: {
        'attempt.succeeded': [
          { guard: 'opens', target: 'open', actions: ['noteOpen', 'noteEvidence', 'enterState'] },
          { guard: 'recovers', target: 'healthy', actions: ['noteEvidence', 'noteRecovered', 'enterState'] },
          { actions: 'noteEvidence' },
        ],
        'attempt.failed': [
          { guard: 'opens', target: 'open', actions: ['noteEvidence', 'noteOpen', 'enterState'] },
          { actions: ['noteEvidence', 'askConfirm'] },
        ],
        'neighbour.failed': { actions: 'askConfirm' },
        'customer.sent': { actions: 'countCustomer' },
      },
    },
    open: {
      entry: 'forgetGoodProbes',
      after: { untilNextProbe: 'probing' },
      on: {
        'recheck.asked': { guard: 'mayProbe', target: 'probing' },
        // A late answer of a turn from before may carry a longer retry-after.
        'attempt.failed': { target: 'open', reenter: true, actions: ['noteEvidence', 'postponeProbe'] },
        'egress.suspected': [
          { guard: 'reopenedByOurNetwork', target: 'ramping', actions: ['takeBackOpen', 'noteRamp', 'enterState'] },
          { guard: 'openedByOurNetwork', target: 'healthy', actions: ['takeBackOpen', 'enterState'] },
        ],
      },
    },
    probing: {
      initial: 'asking',
      on: {
        'attempt.succeeded': [
          { guard: 'isLastGoodProbe', target: 'ramping', actions: ['noteEvidence', 'noteRamp', 'enterState'] },
          { guard: 'isProbe', target: '.resting', actions: ['noteEvidence', 'countGoodProbe'] },
          { actions: 'noteEvidence' },
        ],
        'attempt.failed': [{ guard: 'isProbe', target: 'open', actions: ['noteEvidence', 'planNextProbe'] }, { actions: 'noteEvidence' }],
        'probe.inconclusive': { target: 'open', actions: ['noteInconclusive', 'planNextProbe'] },
        'attempt.excused': { target: 'open', actions: ['noteInconclusive', 'planNextProbe'] },
      },
      states: {
        asking: {
          entry: ['noteProbeAsked', 'askRecovery'],
          after: { probeLost: { target: '#route.open', actions: 'planNextProbe' } },
        },
        resting: { after: { untilNextProbe: 'asking' } },
      },
    },
    ramping: {
      initial: 'quarter',
      on: {
        'attempt.failed': [
          { guard: 'isStale', actions: 'noteEvidence' },
          { target: 'open', actions: ['noteEvidence', 'noteReopen', 'enterState'] },
        ],
      },
      states: {
        quarter: {
          entry: 'beginQuarter',
          after: {
            stageHalf: { actions: 'askStageProbe' },
            stageEnd: [{ guard: 'hasStageEvidence', target: 'half' }, { actions: 'askStageProbe' }],
            stageOverdue: { target: 'quarter', reenter: true },
          },
          on: {
            'attempt.succeeded': [
              { guard: 'isStale', actions: 'noteEvidence' },
              { guard: 'isStageOver', target: 'half', actions: 'noteEvidence' },
              { actions: ['noteEvidence', 'countStageEvidence'] },
            ],
          },
        },
        half: {
          entry: 'beginHalf',
          after: {
            stageHalf: { actions: 'askStageProbe' },
            stageEnd: [{ guard: 'hasStageEvidence', target: 'full' }, { actions: 'askStageProbe' }],
            stageOverdue: { target: 'half', reenter: true },
          },
          on: {
            'attempt.succeeded': [
              { guard: 'isStale', actions: 'noteEvidence' },
              { guard: 'isStageOver', target: 'full', actions: 'noteEvidence' },
              { actions: ['noteEvidence', 'countStageEvidence'] },
            ],
          },
        },
        full: {
          entry: 'beginFull',
          after: {
            stageHalf: { actions: 'askStageProbe' },
            stageEnd: [
              { guard: 'hasStageEvidence', target: '#route.healthy', actions: ['noteClimbed', 'enterState'] },
              { actions: 'askStageProbe' },
            ],
            stageOverdue: { target: 'full', reenter: true },
          },
          on: {
            'attempt.succeeded': [
              { guard: 'isStale', actions: 'noteEvidence' },
              { guard: 'isStageOver', target: '#route.healthy', actions: ['noteEvidence', 'noteClimbed', 'enterState'] },
              { actions: ['noteEvidence', 'countStageEvidence'] },
            ],
          },
        },
      },
    },
    latched: {
      entry: 'forgetGoodProbes',
      after: { untilNextProbe: { target: 'latched', reenter: true, actions: ['planRecheck', 'askRecheck'] } },
      on: {
        'latch.set': { actions: 'noteEvidence' },
        'latch.lifted': { guard: 'isCredentialLatch', target: 'probing', actions: ['noteUnlatched', 'enterState'] },
        'recheck.asked': { target: 'latched', reenter: true, actions: ['planRecheck', 'askRecheck'] },
        'attempt.succeeded': [
          { guard: 'isProbe', target: 'probing.resting', actions: ['noteEvidence', 'noteUnlatched', 'countGoodProbe', 'enterState'] },
          { actions: 'noteEvidence' },
        ],
      },
    },
  },
});
