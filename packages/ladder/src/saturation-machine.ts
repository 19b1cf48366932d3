import type { Clock } from '@stepdown/kernel';
import { assign, setup } from 'xstate';
import type { Policy } from './policy.ts';

export interface SaturationInput {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly restored?: SaturationMemory;
}

/** What survives a restart; `blockedInMs` counts from the moment of saving. */
export interface SaturationMemory {
  readonly key: string;
  readonly share: number;
  readonly strikes: number;
  readonly blockedInMs: number;
  readonly stepEndsInMs: number;
  /** Epoch ms, as the provider asked, uncapped. */
  readonly displayUntil: number;
  readonly isVisible: boolean;
}

export interface SaturationContext {
  readonly policy: Policy;
  readonly clock: Clock;
  /** Share of the turns let through once the block is over, 0–1. */
  readonly share: number;
  /** 429 rounds in a row without an answer between them. */
  readonly strikes: number;
  readonly blockedUntilMs: number;
  /** When the share is raised next. */
  readonly stepEndsAtMs: number;
  readonly displayUntil: number;
  /** Long or deep enough to move the global tier. */
  readonly isVisible: boolean;
}

export type SaturationEvent =
  | { readonly type: 'rate.limited'; readonly retryAfterMs: number | undefined }
  | { readonly type: 'attempt.succeeded' };

type Change = Partial<SaturationContext>;

/** Milliseconds without a turn: what the provider asked, up to 5 min; bare 429s rest twice as long each round. */
function blockMs(context: SaturationContext, retryAfterMs: number | undefined): number {
  const asked = retryAfterMs ?? context.policy.saturationMs * 2 ** Math.min(context.strikes, 10);
  return Math.min(asked, context.policy.saturationCeilingMs);
}

function extendBlock(context: SaturationContext, event: SaturationEvent): Change {
  if (event.type !== 'rate.limited') return {};
  const now = context.clock.monotonicMs();
  const waitMs = blockMs(context, event.retryAfterMs);
  return {
    blockedUntilMs: Math.max(context.blockedUntilMs, now + waitMs),
    displayUntil: Math.max(context.displayUntil, context.clock.now() + Math.max(waitMs, event.retryAfterMs ?? 0)),
    isVisible: context.isVisible || waitMs >= context.policy.saturationVisibleMs || context.share < context.policy.saturationVisibleShare,
  };
}

function strike(context: SaturationContext, event: SaturationEvent): Change {
  const struck = { ...context, share: context.share * context.policy.saturationShareFactor };
  return { ...extendBlock(struck, event), share: struck.share, strikes: context.strikes + 1, stepEndsAtMs: 0 };
}

/** A step that a restart has interrupted keeps its remaining time. */
function beginStep(context: SaturationContext): Change {
  const now = context.clock.monotonicMs();
  return { stepEndsAtMs: context.stepEndsAtMs > now ? context.stepEndsAtMs : now + context.policy.saturationEaseMs };
}

function restore({ policy, clock, restored }: SaturationInput): SaturationContext {
  return {
    policy,
    clock,
    share: restored?.share ?? 1,
    strikes: restored?.strikes ?? 0,
    blockedUntilMs: clock.monotonicMs() + (restored?.blockedInMs ?? 0),
    stepEndsAtMs: clock.monotonicMs() + (restored?.stepEndsInMs ?? 0),
    displayUntil: restored?.displayUntil ?? 0,
    isVisible: restored?.isVisible ?? false,
  };
}

/** Rate limits of one credential and model: no turn until `retry-after`, then a share that grows back (SPEC.md, L22). */
export const saturationMachine = setup({
  types: { input: {} as SaturationInput, context: {} as SaturationContext, events: {} as SaturationEvent },
  delays: {
    untilFree: ({ context }) => Math.max(0, context.blockedUntilMs - context.clock.monotonicMs()),
    easeStep: ({ context }) => Math.max(0, context.stepEndsAtMs - context.clock.monotonicMs()),
  },
  guards: {
    isBlocked: ({ context }) => context.blockedUntilMs > context.clock.monotonicMs(),
    isLimited: ({ context }) => context.share < 1,
    isLastStep: ({ context }) => context.share / context.policy.saturationShareFactor >= 0.999,
  },
  actions: {
    strike: assign(({ context, event }) => strike(context, event)),
    extendBlock: assign(({ context, event }) => extendBlock(context, event)),
    beginStep: assign(({ context }) => beginStep(context)),
    raiseShare: assign({ share: ({ context }) => context.share / context.policy.saturationShareFactor }),
    forgetStrikes: assign({ strikes: 0 }),
    forgetLimits: assign({ share: 1, strikes: 0, isVisible: false }),
  },
}).createMachine({
  id: 'saturation',
  context: ({ input }) => restore(input),
  initial: 'clear',
  states: {
    clear: {
      // Only a restored memory starts limited.
      always: [
        { guard: 'isBlocked', target: 'blocked' },
        { guard: 'isLimited', target: 'easing' },
      ],
      on: { 'rate.limited': { target: 'blocked', actions: 'strike' } },
    },
    blocked: {
      after: { untilFree: 'easing' },
      on: { 'rate.limited': { target: 'blocked', reenter: true, actions: 'extendBlock' } },
    },
    easing: {
      entry: 'beginStep',
      after: {
        easeStep: [
          { guard: 'isLastStep', target: 'clear', actions: 'forgetLimits' },
          { target: 'easing', reenter: true, actions: 'raiseShare' },
        ],
      },
      on: {
        'rate.limited': { target: 'blocked', actions: 'strike' },
        'attempt.succeeded': { actions: 'forgetStrikes' },
      },
    },
  },
});
