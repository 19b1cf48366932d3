import type { AttemptOutcome } from '@stepdown/kernel';
import { and, assign, emit, enqueueActions, fromCallback, setup } from 'xstate';
import { attemptMachine, failed } from './turn-attempt.ts';
import {
  attemptOf,
  candidateOf,
  hasVisibleText,
  initialContext,
  isTooLate,
  nextStep,
  rivalOf,
  type TurnContext,
  type TurnInput,
  withoutAttempt,
  withoutRoute,
  withRepeat,
} from './turn-context.ts';
import type { GateEvent, GateInput, RetryEvent, RetryInput, TurnEvent, TurnNotice } from './turn-events.ts';
import type { TurnResult } from './types.ts';

const aborted = (detail: string): AttemptOutcome => failed('aborted', detail);

const turnSetup = setup({
  types: {
    input: {} as TurnInput,
    context: {} as TurnContext,
    events: {} as TurnEvent,
    emitted: {} as TurnNotice,
    output: {} as TurnResult,
  },
  actors: {
    attempt: attemptMachine,
    /** Provided by turn.ts: may this route be tried now? */
    gate: fromCallback<GateEvent, GateInput>(() => undefined),
    /** Provided by turn.ts: is a retry left in the budget? */
    retryBudget: fromCallback<RetryEvent, RetryInput>(() => undefined),
  },
  delays: {
    wait: ({ context }) => context.waitMs,
    lastFirstText: ({ context }) => Math.max(0, context.policy.nothingShownMs - context.policy.minimumAttemptMs),
    nothingShown: ({ context }) => context.policy.nothingShownMs,
    lastAnswer: ({ context }) => Math.max(0, context.policy.answerMs - context.policy.minimumAttemptMs),
    answer: ({ context }) => context.policy.answerMs,
  },
  guards: {
    /** The epoch check: what a stale attempt says is dropped. */
    isLive: ({ context, event }) => 'number' in event && attemptOf(context, event.number) !== undefined,
    isAnswered: ({ event }) =>
      event.type === 'attempt.ended' && (event.outcome.kind === 'complete' || event.outcome.kind === 'output-limit'),
    isRefused: ({ event }) => event.type === 'attempt.ended' && event.outcome.kind === 'refused',
    hasRival: ({ context }) => context.live.length > 1,
    isTooLate: ({ context }) => isTooLate(context),
    isNothingShown: ({ context }) => !hasVisibleText(context),
    isPlanUsedUp: ({ context }) => candidateOf(context) === undefined,
    /** Two attempts at most run side by side. */
    shouldHedge: ({ context }) =>
      context.live.length === 1 && context.live.some(({ isSlow }) => isSlow) && candidateOf(context) !== undefined && !isTooLate(context),
    asksFor: ({ context }, step: ReturnType<typeof nextStep>) => nextStep(context) === step,
  },
  actions: {
    closeFirstTextDoor: assign({ isLateForFirstText: true }),
    closeAnswerDoor: assign({ isLateForAnswer: true }),
    passOver: assign(({ context }) => withoutRoute(context, candidateOf(context))),
    passOverRival: assign(({ context }) => withoutRoute(context, rivalOf(context))),
    repeatAfterJitter: assign(({ context, event }) => withRepeat(context, event.type === 'retry.granted' ? event.delayMs : 0)),
    repeatAsTold: assign(({ context }) => withRepeat(context, context.failed?.failure.retryAfterMs ?? 0)),
    repeatTrimmed: assign(({ context }) => ({ ...withRepeat(context, 0), isTrimmed: true })),
    markSlow: assign(({ context, event }) => ({
      live: context.live.map((attempt) => ('number' in event && attempt.number === event.number ? { ...attempt, isSlow: true } : attempt)),
    })),
    forgoHedge: assign(({ context }) => ({ live: context.live.map((attempt) => ({ ...attempt, isSlow: false })) })),

    startAttempt: enqueueActions(({ context, enqueue }, { isHedge }: { isHedge: boolean }) => {
      const route = isHedge ? rivalOf(context) : candidateOf(context);
      if (route === undefined) return;
      const number = context.attemptCount + 1;
      if (hasVisibleText(context) && !context.isInterrupted) enqueue.emit({ type: 'answer.interrupted', rev: context.rev });
      enqueue.emit({ type: 'attempt.started', number, route, isHedge });
      enqueue.assign({
        ...withoutRoute(context, route),
        attemptCount: number,
        isInterrupted: hasVisibleText(context),
        live: [...context.live, { number, route, isSlow: false, hadTime: !context.isLateForFirstText }],
      });
      const interruptedText = hasVisibleText(context) ? context.shownText : undefined;
      enqueue.spawnChild('attempt', {
        id: `attempt-${number}`,
        input: { number, route, policy: context.policy, options: { isTrimmed: context.isTrimmed, interruptedText } },
      });
    }),

    /** First text wins: it opens a new rev if an older one is on the screen, and stops the other attempt. */
    showWinner: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'attempt.text') return;
      const winner = attemptOf(context, event.number);
      if (winner === undefined) return;
      const rev = hasVisibleText(context) ? context.rev + 1 : context.rev;
      enqueue.emit({ type: 'answer.delta', number: winner.number, rev, route: winner.route, text: event.text });
      for (const { number, route } of context.live.filter((attempt) => attempt !== winner)) {
        enqueue.emit({ type: 'attempt.ended', number, route, outcome: aborted('another route answered first'), isLoser: true });
        enqueue.stopChild(`attempt-${number}`);
      }
      enqueue.assign({ rev, shownText: event.text, isInterrupted: false, live: [winner] });
    }),
    show: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'attempt.text') return;
      const attempt = attemptOf(context, event.number);
      if (attempt === undefined) return;
      enqueue.emit({ type: 'answer.delta', number: attempt.number, rev: context.rev, route: attempt.route, text: event.text });
      enqueue.assign({ shownText: context.shownText + event.text });
    }),
    dropAttempt: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'attempt.ended') return;
      const attempt = attemptOf(context, event.number);
      if (attempt === undefined) return;
      enqueue.emit({ type: 'attempt.ended', number: attempt.number, route: attempt.route, outcome: event.outcome, isLoser: false });
      enqueue.stopChild(`attempt-${attempt.number}`);
      enqueue.assign(withoutAttempt(context, event));
    }),
    /** Only an attempt that had most of the time is blamed for the end of it. */
    expireAnswer: enqueueActions(({ context, enqueue }) => {
      for (const { number, route } of context.live.filter(({ hadTime }) => hadTime && hasVisibleText(context) && !context.isInterrupted)) {
        const outcome = failed('answer-timeout', 'the whole answer took too long');
        enqueue.emit({ type: 'attempt.ended', number, route, outcome, isLoser: false });
        enqueue.stopChild(`attempt-${number}`);
        enqueue.assign({ live: [] });
      }
    }),
    abortAll: enqueueActions(({ context, enqueue }) => {
      for (const { number, route } of context.live) {
        enqueue.emit({ type: 'attempt.ended', number, route, outcome: aborted('the turn ended'), isLoser: false });
        enqueue.stopChild(`attempt-${number}`);
      }
      enqueue.assign({ live: [] });
    }),

    settleAnswer: assign(({ context, event }) => {
      const attempt = event.type === 'attempt.ended' ? attemptOf(context, event.number) : undefined;
      if (event.type !== 'attempt.ended' || attempt === undefined) return {};
      const { routeId, tier, model } = attempt.route;
      const isTruncated = event.outcome.kind === 'output-limit';
      const sourceIds = event.sourceIds ?? [];
      return {
        result: { kind: 'answered' as const, routeId, tier, model: event.model ?? model, rev: context.rev, isTruncated, sourceIds },
      };
    }),
    settleRefusal: assign(({ context, event }) => {
      const attempt = event.type === 'attempt.ended' ? attemptOf(context, event.number) : undefined;
      if (attempt === undefined) return {};
      return { result: { kind: 'refused' as const, routeId: attempt.route.routeId, hasVisibleText: hasVisibleText(context) } };
    }),
    settleFloor: assign(({ context }, { cause }: { cause: 'exhausted' | 'deadline' }) => ({
      result: {
        kind: 'floor' as const,
        hasVisibleText: hasVisibleText(context),
        cause: cause === 'exhausted' && context.attemptCount === 0 ? ('no-route' as const) : cause,
      },
    })),
    settleCancel: assign(({ context, event }) => ({
      result: {
        kind: 'cancelled' as const,
        reason: event.type === 'turn.cancel' ? event.reason : (context.failed?.failure.detail ?? 'stopped'),
        hasVisibleText: hasVisibleText(context),
      },
    })),
    announceEnd: emit(({ context }) => ({ type: 'turn.ended' as const, result: context.result })),
  },
});

const toFloor = { target: '#turn.floor', actions: { type: 'settleFloor', params: { cause: 'deadline' } } } as const;
const ending = { type: 'final', entry: ['abortAll', 'announceEnd'] } as const;

/** An attempt runs and nothing of it is visible; a slow one gets a rival. */
const attempting = turnSetup.createStateConfig({
  initial: 'listening',
  on: {
    'attempt.text': { guard: 'isLive', target: 'streaming', actions: 'showWinner' },
    'attempt.slow': { guard: 'isLive', actions: 'markSlow' },
    'attempt.ended': [
      { guard: and(['isLive', 'isRefused']), target: '#turn.refused', actions: ['settleRefusal', 'dropAttempt'] },
      { guard: and(['isLive', 'hasRival']), actions: 'dropAttempt' },
      { guard: 'isLive', target: 'deciding', actions: 'dropAttempt' },
    ],
  },
  states: {
    listening: { always: { guard: 'shouldHedge', target: 'askingForHedge' } },
    askingForHedge: {
      invoke: { src: 'gate', input: ({ context }) => ({ route: rivalOf(context), isHedge: true }) },
      on: {
        'gate.admitted': { target: 'listening', actions: { type: 'startAttempt', params: { isHedge: true } } },
        'gate.refused': { target: 'listening', actions: 'passOverRival' },
        'gate.noHedge': { target: 'listening', actions: 'forgoHedge' },
      },
    },
  },
});

const walking = turnSetup.createStateConfig({
  initial: 'choosing',
  on: { 'turn.cancel': { target: '#turn.cancelled', actions: 'settleCancel' } },
  after: {
    lastFirstText: { actions: 'closeFirstTextDoor' },
    nothingShown: { ...toFloor, guard: 'isNothingShown' },
    lastAnswer: { actions: 'closeAnswerDoor' },
    answer: { target: '#turn.floor', actions: ['expireAnswer', { type: 'settleFloor', params: { cause: 'deadline' } }] },
  },
  states: {
    choosing: {
      always: [
        { guard: 'isPlanUsedUp', target: '#turn.floor', actions: { type: 'settleFloor', params: { cause: 'exhausted' } } },
        { ...toFloor, guard: 'isTooLate' },
        { target: 'asking' },
      ],
    },
    asking: {
      invoke: { src: 'gate', input: ({ context }) => ({ route: candidateOf(context), isHedge: false }) },
      on: {
        'gate.admitted': { target: 'attempting', actions: { type: 'startAttempt', params: { isHedge: false } } },
        'gate.refused': { target: 'choosing', actions: 'passOver' },
      },
    },
    attempting,
    streaming: {
      on: {
        'attempt.text': { guard: 'isLive', actions: 'show' },
        'attempt.ended': [
          { guard: and(['isLive', 'isAnswered']), target: '#turn.answered', actions: ['settleAnswer', 'dropAttempt'] },
          { guard: and(['isLive', 'isRefused']), target: '#turn.refused', actions: ['settleRefusal', 'dropAttempt'] },
          { guard: 'isLive', target: 'deciding', actions: 'dropAttempt' },
        ],
      },
    },
    /** The outcome table decides, and nothing else does. */
    deciding: {
      always: [
        { guard: { type: 'asksFor', params: 'stop' }, target: '#turn.cancelled', actions: 'settleCancel' },
        { guard: { type: 'asksFor', params: 'retry' }, target: 'askingForRetry' },
        { guard: { type: 'asksFor', params: 'wait' }, target: 'waiting', actions: 'repeatAsTold' },
        { guard: { type: 'asksFor', params: 'trim' }, target: 'choosing', actions: 'repeatTrimmed' },
        { target: 'choosing' },
      ],
    },
    askingForRetry: {
      invoke: { src: 'retryBudget', input: ({ context }) => ({ route: context.failed?.route }) },
      on: { 'retry.granted': { target: 'waiting', actions: 'repeatAfterJitter' }, 'retry.denied': { target: 'choosing' } },
    },
    waiting: {
      always: { ...toFloor, guard: 'isTooLate' },
      after: { wait: 'choosing' },
    },
  },
});

/** One customer question on its way down the planned routes. Pure: ports are asked by the provided actors only. */
export const turnMachine = turnSetup.createMachine({
  id: 'turn',
  context: ({ input }) => initialContext(input),
  initial: 'idle',
  output: ({ context }) => context.result,
  states: {
    idle: { on: { 'turn.start': 'walking', 'turn.cancel': { target: 'cancelled', actions: 'settleCancel' } } },
    walking,
    answered: ending,
    refused: ending,
    floor: ending,
    cancelled: ending,
  },
});
