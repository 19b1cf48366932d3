import type { Clock, Random, TierId } from '@stepdown/kernel';
import { assign, emit, enqueueActions, setup } from 'xstate';
import { tierName } from './cause.ts';
import type { Policy } from './policy.ts';
import { probeIntervalMs, withJitter } from './probe-schedule.ts';
import type { Pin, TierChange } from './types.ts';

export interface LadderInput {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: Random;
  readonly tier: TierId;
  readonly since: number;
  readonly cause: string;
  readonly pin: Pin | undefined;
  readonly conversationsAffected?: (() => number) | undefined;
}

export interface LadderContext extends LadderInput {
  readonly pinEndsAtMs: number;
  readonly egressSince: number | undefined;
  readonly egressSinceMs: number;
}

export type LadderMachineEvent =
  | { readonly type: 'tier.selected'; readonly tier: TierId; readonly cause: string; readonly signal: string }
  | { readonly type: 'pin.set'; readonly pin: Pin }
  | { readonly type: 'pin.released' }
  | { readonly type: 'egress.suspected' }
  | { readonly type: 'egress.cleared' };

export type LadderEmitted =
  | { readonly type: 'tier.changed'; readonly change: TierChange }
  | { readonly type: 'pin.changed'; readonly pin: Pin | undefined; readonly ended: Pin | undefined }
  | { readonly type: 'egress.changed'; readonly isSuspected: boolean }
  | { readonly type: 'egress.probe' };

type Scope = { readonly context: LadderContext; readonly event: LadderMachineEvent };

function selects(tier: TierId): (scope: Scope) => boolean {
  return ({ context, event }) => event.type === 'tier.selected' && event.tier === tier && context.tier !== tier;
}

/** Sentence for the change event: where the ladder is now, and why. */
function changeOf({ context, event }: Scope): TierChange | undefined {
  if (event.type !== 'tier.selected') return undefined;
  const affected = context.conversationsAffected?.();
  return {
    from: context.tier,
    to: event.tier,
    cause: event.cause,
    signal: event.signal,
    at: context.clock.now(),
    ...(affected === undefined ? {} : { conversationsAffected: affected }),
  };
}

/** The three things a ladder holds at once: the global tier, an operator's pin, and doubt about our own network (SPEC.md, L25–L34). */
export const ladderMachine = setup({
  types: {
    input: {} as LadderInput,
    context: {} as LadderContext,
    events: {} as LadderMachineEvent,
    emitted: {} as LadderEmitted,
  },
  delays: {
    untilPinEnds: ({ context }) => Math.max(0, context.pinEndsAtMs - context.clock.monotonicMs()),
    egressProbe: ({ context }) => {
      const ageMs = context.clock.monotonicMs() - context.egressSinceMs;
      if (ageMs === 0) return context.policy.probeFirstMs;
      return withJitter(probeIntervalMs(ageMs, context.policy), context.policy.probeJitterRatio, context.random);
    },
  },
  guards: {
    startsAtClaude: ({ context }) => context.tier === 'claude',
    startsAtGpt: ({ context }) => context.tier === 'gpt',
    startsAtOpenModel: ({ context }) => context.tier === 'open-model',
    startsAtHandoff: ({ context }) => context.tier === 'handoff',
    selectsClaude: selects('claude'),
    selectsGpt: selects('gpt'),
    selectsOpenModel: selects('open-model'),
    selectsFaq: selects('faq'),
    selectsHandoff: selects('handoff'),
    hasPin: ({ context }) => context.pin !== undefined,
  },
  actions: {
    moveTier: enqueueActions(({ context, event, enqueue }) => {
      const change = changeOf({ context, event });
      if (change === undefined) return;
      enqueue.assign({ tier: change.to, since: change.at, cause: change.cause });
      enqueue.emit({ type: 'tier.changed', change });
    }),
    holdTier: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'pin.set') return;
      const { pin } = event;
      enqueue.assign({ pin, pinEndsAtMs: context.clock.monotonicMs() + pin.until - context.clock.now() });
      enqueue.emit({ type: 'pin.changed', pin, ended: undefined });
    }),
    releaseTier: enqueueActions(({ context, enqueue }) => {
      enqueue.assign({ pin: undefined });
      enqueue.emit({ type: 'pin.changed', pin: undefined, ended: context.pin });
    }),
    suspectEgress: assign(({ context }) => ({ egressSince: context.clock.now(), egressSinceMs: context.clock.monotonicMs() })),
    clearEgress: assign({ egressSince: undefined }),
    tellEgressSuspected: emit({ type: 'egress.changed', isSuspected: true }),
    tellEgressCleared: emit({ type: 'egress.changed', isSuspected: false }),
    askEgressProbe: emit({ type: 'egress.probe' }),
  },
}).createMachine({
  id: 'ladder',
  context: ({ input }) => ({
    ...input,
    pinEndsAtMs: input.clock.monotonicMs() + (input.pin === undefined ? 0 : input.pin.until - input.clock.now()),
    egressSince: undefined,
    egressSinceMs: 0,
  }),
  type: 'parallel',
  states: {
    serving: {
      initial: 'starting',
      on: {
        'tier.selected': [
          { guard: 'selectsClaude', target: '.claude', actions: 'moveTier' },
          { guard: 'selectsGpt', target: '.gpt', actions: 'moveTier' },
          { guard: 'selectsOpenModel', target: '.openModel', actions: 'moveTier' },
          { guard: 'selectsFaq', target: '.faq', actions: 'moveTier' },
          { guard: 'selectsHandoff', target: '.handoff', actions: 'moveTier' },
        ],
      },
      states: {
        starting: {
          always: [
            { guard: 'startsAtClaude', target: 'claude' },
            { guard: 'startsAtGpt', target: 'gpt' },
            { guard: 'startsAtOpenModel', target: 'openModel' },
            { guard: 'startsAtHandoff', target: 'handoff' },
            { target: 'faq' },
          ],
        },
        claude: {},
        gpt: {},
        openModel: {},
        faq: {},
        handoff: {},
      },
    },
    holding: {
      initial: 'free',
      states: {
        free: {
          always: { guard: 'hasPin', target: 'pinned' },
          on: { 'pin.set': { target: 'pinned', actions: 'holdTier' } },
        },
        pinned: {
          after: { untilPinEnds: { target: 'free', actions: 'releaseTier' } },
          on: {
            'pin.set': { target: 'pinned', reenter: true, actions: 'holdTier' },
            'pin.released': { target: 'free', actions: 'releaseTier' },
          },
        },
      },
    },
    egress: {
      initial: 'clear',
      states: {
        clear: { on: { 'egress.suspected': { target: 'suspected', actions: ['suspectEgress', 'tellEgressSuspected'] } } },
        suspected: {
          after: { egressProbe: { target: 'suspected', reenter: true, actions: 'askEgressProbe' } },
          on: { 'egress.cleared': { target: 'clear', actions: ['clearEgress', 'tellEgressCleared'] } },
        },
      },
    },
  },
});

/** `Held at GPT by Mia: maintenance`. */
export function pinWords(pin: Pin): string {
  return `Held at ${tierName(pin.tier)} by ${pin.by}: ${pin.reason}`;
}
