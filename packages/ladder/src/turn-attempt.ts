import type { AnswerEvent, AttemptOutcome, FailureReason } from '@stepdown/kernel';
import { assign, fromCallback, not, sendParent, setup } from 'xstate';
import type { Policy } from './policy.ts';
import type { AttemptOptions } from './turn-ports.ts';
import type { PlannedRoute } from './types.ts';

export interface AttemptInput {
  readonly number: number;
  readonly policy: Policy;
  readonly route: PlannedRoute;
  readonly options: AttemptOptions;
}

type EndOfAnswer = Pick<Extract<AnswerEvent, { type: 'end' }>, 'outcome' | 'model' | 'sourceIds'>;

/** What the source of an attempt says. Blank text before the first visible character comes together with it. */
export type SourceEvent =
  | { readonly type: 'source.headers' }
  | { readonly type: 'source.thinking'; readonly isOpen: boolean }
  /** `ageMs`: since its newest visible piece came. */
  | { readonly type: 'source.text'; readonly text: string; readonly ageMs: number }
  | ({ readonly type: 'source.ended' } & EndOfAnswer);

/** What an attempt tells its turn; `number` is the epoch by which the turn knows a stale attempt. */
export type AttemptEvent =
  | { readonly type: 'attempt.slow'; readonly number: number }
  | { readonly type: 'attempt.text'; readonly number: number; readonly text: string }
  | ({ readonly type: 'attempt.ended'; readonly number: number; readonly hasText: boolean } & EndOfAnswer);

interface AttemptContext extends AttemptInput {
  readonly hasText: boolean;
  /** Age of the last text when it was told; deadlines count from when it came. */
  readonly textAgeMs: number;
  readonly windowLength: number;
  readonly slowWindows: number;
  readonly isThinking: boolean;
  /** A thinking block was open during this window: silence is normal there, the window is not judged. */
  readonly isWindowExcused: boolean;
}

/** Only text that shows something is text; white space alone keeps no reader waiting less. */
export const isVisible = (text: string): boolean => text.trim() !== '';

/**
 * Length of a text in characters of Latin reading. A Chinese or Japanese character takes a reader about three times as
 * long as a Latin one (IReST, Trauzettel-Klosinski 2012: English 987, Japanese 357, Chinese 255 characters a minute).
 */
export function readingLength(text: string): number {
  if (!isVisible(text)) return 0;
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return text.length + 2 * wide;
}

/** An answer needs text; an abort that nobody asked for is our own bug, not a reason to leave the customer without an answer. */
export function judgeEnd(outcome: AttemptOutcome, hasText: boolean): AttemptOutcome {
  if (outcome.kind === 'failed') {
    return outcome.failure.reason === 'aborted' ? failed('internal', `ended as aborted by itself: ${outcome.failure.detail}`) : outcome;
  }
  if (outcome.kind === 'refused' || hasText) return outcome;
  return failed('empty', `${outcome.kind} without visible text`);
}

export function failed(reason: FailureReason, detail: string): AttemptOutcome {
  return { kind: 'failed', failure: { reason, detail } };
}

/** A window of the pace is slow when a reader would have been faster than the text. */
function isWindowSlow({ policy, windowLength, isWindowExcused }: AttemptContext): boolean {
  return !isWindowExcused && windowLength < (policy.trickleCharactersPerSecond * policy.trickleWindowMs) / 1_000;
}

const DETAILS = {
  'headers-timeout': 'no response headers in time',
  'first-text-timeout': 'no visible text in time',
  stalled: 'visible text stopped',
  trickle: 'text came slower than a reader reads',
} as const satisfies Partial<Record<FailureReason, string>>;

const attemptSetup = setup({
  types: {
    input: {} as AttemptInput,
    context: {} as AttemptContext,
    events: {} as SourceEvent,
  },
  actors: {
    /** Provided by turn.ts: reads the tier's stream and aborts it when the attempt stops. */
    source: fromCallback<SourceEvent, AttemptInput>(() => undefined),
  },
  delays: {
    headers: ({ context }) => context.policy.headersMs,
    firstText: ({ context }) => context.policy.firstTextMs,
    hedge: ({ context }) => context.route.hedgeAfterMs ?? context.policy.firstTextMs,
    textGap: ({ context }) => Math.max(0, context.policy.textGapMs - context.textAgeMs),
    thinkingGap: ({ context }) => Math.max(0, context.policy.thinkingGapMs - context.textAgeMs),
    paceWindow: ({ context }) => context.policy.trickleWindowMs,
  },
  guards: {
    isVisible: ({ event }) => event.type === 'source.text' && isVisible(event.text),
    isOpening: ({ event }) => event.type === 'source.thinking' && event.isOpen,
    isHedged: ({ context }) => context.route.hedgeAfterMs !== undefined,
    isTrickling: ({ context }) => isWindowSlow(context) && context.slowWindows + 1 >= context.policy.trickleStrikes,
  },
  actions: {
    passOn: sendParent(({ context, event }): AttemptEvent => {
      return { type: 'attempt.text', number: context.number, text: event.type === 'source.text' ? event.text : '' };
    }),
    tellSlow: sendParent(({ context }): AttemptEvent => ({ type: 'attempt.slow', number: context.number })),
    tellEnd: sendParent(({ context, event }): AttemptEvent => {
      const ended = event.type === 'source.ended' ? event : { outcome: failed('internal', `ended by ${event.type}`) };
      const { number, hasText } = context;
      return { ...ended, type: 'attempt.ended', number, hasText, outcome: judgeEnd(ended.outcome, hasText) };
    }),
    expire: sendParent(({ context }, { reason }: { reason: keyof typeof DETAILS }): AttemptEvent => {
      const { number, hasText } = context;
      return { type: 'attempt.ended', number, hasText, outcome: failed(reason, DETAILS[reason]) };
    }),
    noteFirstText: assign({ hasText: true }),
    noteAge: assign(({ event }) => ({ textAgeMs: event.type === 'source.text' ? event.ageMs : 0 })),
    countText: assign(({ context, event }) => ({
      windowLength: context.windowLength + (event.type === 'source.text' ? readingLength(event.text) : 0),
      isThinking: false,
    })),
    noteThinking: assign(({ context, event }) => {
      const isThinking = event.type === 'source.thinking' && event.isOpen;
      return { isThinking, isWindowExcused: context.isWindowExcused || isThinking };
    }),
    closeWindow: assign(({ context }) => ({
      slowWindows: isWindowSlow(context) ? context.slowWindows + 1 : 0,
      windowLength: 0,
      isWindowExcused: context.isThinking,
    })),
  },
});

/** Nothing is visible yet. The first text has a hard deadline: thinking does not move it. */
const silent = attemptSetup.createStateConfig({
  initial: 'sent',
  after: {
    hedge: { guard: 'isHedged', actions: 'tellSlow' },
    firstText: { target: '#attempt.ended', actions: { type: 'expire', params: { reason: 'first-text-timeout' } } },
  },
  on: { 'source.text': { target: 'speaking', actions: ['noteFirstText', 'countText', 'passOn'] } },
  states: {
    sent: {
      after: { headers: { target: '#attempt.ended', actions: { type: 'expire', params: { reason: 'headers-timeout' } } } },
      on: { 'source.headers': 'accepted', 'source.thinking': 'accepted' },
    },
    accepted: {},
  },
});

/** Text must keep coming: `textGapMs` apart; a thinking block may explain the silence, but not longer than `thinkingGapMs` since the last text. */
const silence = attemptSetup.createStateConfig({
  initial: 'sinceText',
  states: {
    // A state of its own: re-entering the region itself would restart the windows of the pace beside it.
    sinceText: {
      initial: 'quiet',
      after: { thinkingGap: { target: '#attempt.ended', actions: { type: 'expire', params: { reason: 'stalled' } } } },
      on: {
        'source.text': [{ guard: 'isVisible', target: 'sinceText', reenter: true, actions: ['noteAge', 'passOn'] }, { actions: 'passOn' }],
      },
      states: {
        quiet: {
          after: { textGap: { target: '#attempt.ended', actions: { type: 'expire', params: { reason: 'stalled' } } } },
          on: { 'source.thinking': { guard: 'isOpening', target: 'thinking', actions: 'noteAge' } },
        },
        thinking: { on: { 'source.thinking': { guard: not('isOpening'), target: 'quiet' } } },
      },
    },
  },
});

/** Windows lie end to end from the first text; `trickleStrikes` slow ones in a row end the attempt. */
const pace = attemptSetup.createStateConfig({
  initial: 'measuring',
  on: {
    'source.text': { actions: 'countText' },
    'source.thinking': { actions: 'noteThinking' },
  },
  states: {
    measuring: {
      after: {
        paceWindow: [
          { guard: 'isTrickling', target: '#attempt.ended', actions: { type: 'expire', params: { reason: 'trickle' } } },
          { target: 'measuring', reenter: true, actions: 'closeWindow' },
        ],
      },
    },
  },
});

/** One request to one route, with every deadline that belongs to it. It tells its end once, then waits to be stopped by its turn. */
export const attemptMachine = attemptSetup.createMachine({
  id: 'attempt',
  context: ({ input }) => ({
    ...input,
    hasText: false,
    textAgeMs: 0,
    windowLength: 0,
    slowWindows: 0,
    isThinking: false,
    isWindowExcused: false,
  }),
  initial: 'open',
  states: {
    open: {
      invoke: { src: 'source', input: ({ context }) => context },
      initial: 'silent',
      on: { 'source.ended': { target: 'ended', actions: 'tellEnd' } },
      states: { silent, speaking: { type: 'parallel', states: { silence, pace } } },
    },
    ended: {},
  },
});
