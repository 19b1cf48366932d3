import { type PlannedRoute, type RunningTurn, startTurn, type TurnEffect } from '@stepdown/ladder';
import type { AnswerPorts } from './answer-ports.ts';
import { chosenFinding, type PreparedQuestion, prepareQuestion } from './answer-request.ts';
import { isServedFirst } from './floor.ts';
import { createLiveAnswer, type LiveAnswer, type LiveText } from './live-answer.ts';
import type { FinishedTurn } from './ports.ts';
import type { AttemptRecord, Message, NewMessage, Turn } from './record.ts';
import type { SavedAnswer } from './saved-answer-ports.ts';
import { attemptRecord, endingOf, type TurnEnd } from './turn-outcome.ts';

/** After this many processes died over a turn, it is no longer given to a model. */
const MAX_TAKEOVERS = 2;

/** One turn being answered in this process. */
export interface AnsweringTurn {
  readonly turn: Turn;
  readonly done: Promise<void>;
  /** What the visitor has seen so far; undefined until the answer message exists. */
  readonly live: LiveAnswer | undefined;
  readonly messageId: string | undefined;
  pause(): void;
  resume(): void;
  /** Nothing more is said, and the turn ends as cancelled in the store unless that has happened already. */
  cancel(reason: string): void;
  /** Lets go without writing: another process, or this one after its restart, finishes the turn. */
  abandon(): void;
}

export interface AnswerOptions {
  readonly choiceId?: string | undefined;
}

/** Answers one question: asks the ladder, streams what comes, and ends with exactly one completed answer. */
export function answerTurn(ports: AnswerPorts, turn: Turn, options: AnswerOptions = {}): AnsweringTurn {
  let running: RunningTurn | undefined;
  let live: LiveAnswer | undefined;
  let messageId: string | undefined;
  let stopped: 'cancelled' | 'abandoned' | undefined;
  let isPaused = false;
  const attempts: AttemptRecord[] = [...turn.attempts];

  function newMessage(fields: Omit<NewMessage, 'id' | 'createdAt'>): NewMessage {
    return { ...fields, id: ports.newId('msg'), createdAt: ports.clock.now() };
  }

  function stop(kind: 'cancelled' | 'abandoned', reason: string): void {
    stopped ??= kind;
    live?.silence();
    running?.cancel(reason);
  }

  async function checkpoint(messageId: string, text: LiveText): Promise<void> {
    const patch = {
      text: text.text,
      rev: text.rev,
      status: 'streaming' as const,
      ...(text.tier === undefined ? {} : { tier: text.tier, model: text.model }),
    };
    const written = await ports.conversations.updateMessage(messageId, patch, { ifEpoch: turn.epoch, ifLeaseOwner: ports.processId });
    if (written === undefined) stop('cancelled', 'a person has taken the conversation');
  }

  /** Announces the answer before its first word, so that the visitor sees at once that someone is on it. */
  async function openAnswer(): Promise<OpenAnswer | undefined> {
    const fresh = newMessage({ author: 'assistant', text: '', status: 'streaming', rev: 0 });
    const message = await ports.turns.startAnswer(turn.id, fresh, { ifLeaseOwner: ports.processId });
    if (message === undefined) return undefined;
    if (message.id === fresh.id) ports.publish({ type: 'message.created', message });
    const answer = createLiveAnswer({
      clock: ports.clock,
      conversationId: turn.conversationId,
      messageId: message.id,
      publish: ports.publish,
      checkpoint: (text) => checkpoint(message.id, text),
      start: { rev: message.rev, text: message.text },
    });
    if (isPaused) answer.pause();
    if (message.text !== '') ports.publish({ type: 'message.updated', message: { ...message, status: 'interrupted' } });
    live = answer;
    messageId = message.id;
    return { message, answer };
  }

  function walk(question: PreparedQuestion, open: OpenAnswer): Promise<TurnEnd> {
    const start = open.answer.text;
    const plan = ports.ladder.plan({
      turnId: turn.id,
      conversationId: turn.conversationId,
      // The outage that left the question unanswered is over, also if this turn has been taken over since.
      stickyTier: question.isParked ? undefined : question.conversation.stickyTier,
      isNewQuestion: turn.takeovers === 0,
    });
    if (plan.floor === 'handoff') return Promise.resolve({ kind: 'held-at-person', hasVisibleText: start.text !== '' });
    if (plan.routes.length === 0 || turn.takeovers > MAX_TAKEOVERS) {
      return Promise.resolve({ kind: 'floor', hasVisibleText: start.text !== '', cause: 'no-route' });
    }
    const routes = new Map(plan.routes.map((route) => [route.routeId, route]));
    running = startTurn({
      clock: ports.clock,
      random: ports.random,
      policy: ports.policy,
      turnId: turn.id,
      plan,
      firstRev: start.text === '' ? start.rev : start.rev + 1,
      attempt: (route, { isTrimmed, interruptedText }, signal) =>
        ports.attempt(route, { ...question.request, isTrimmed, ...interrupted(interruptedText ?? start.text) }, signal),
      report: ports.report,
      takeRetry: () => ports.ladder.takeRetry(),
      admit: (routeId) => ports.ladder.admit(routeId),
      // `admit` refuses a route that has opened since the plan was made.
      isStillAllowed: () => true,
      onEffect: (effect) => carryOut(effect, open, routes),
    });
    return running.done;
  }

  function carryOut(effect: TurnEffect, open: OpenAnswer, routes: ReadonlyMap<string, PlannedRoute>): void {
    if (stopped !== undefined) return;
    if (effect.type === 'answer.delta') open.answer.append(effect);
    if (effect.type === 'answer.interrupted') publishInterrupted(open);
    if (effect.type !== 'attempt.ended') return;
    const route = routes.get(effect.routeId);
    if (route !== undefined) attempts.push(attemptRecord(effect, route));
  }

  /** Tells the screens that what stands there is about to be replaced; the store learns it with the next checkpoint. */
  function publishInterrupted({ message, answer }: OpenAnswer): void {
    answer.flush();
    const { text, rev, tier, model } = answer.text;
    ports.publish({ type: 'message.updated', message: { ...message, text, rev, tier, model, status: 'interrupted' } });
  }

  async function run(): Promise<void> {
    const prepared = await prepareQuestion(ports, turn);
    if (prepared === undefined) return;
    const chosen = options.choiceId === undefined ? undefined : chosenFinding(ports, prepared, options.choiceId);
    const question = chosen === undefined ? prepared : { ...prepared, finding: chosen };
    const open = await openAnswer();
    if (open === undefined) return;
    const hadText = open.answer.text.text !== '';
    const result = seen(await resultOf(question, open, chosen !== undefined), hadText);
    if (stopped === 'abandoned') return;
    open.answer.flush();
    await finish(question, result, open.answer.text);
  }

  async function resultOf(question: PreparedQuestion, open: OpenAnswer, isChosen: boolean): Promise<TurnEnd> {
    const hasVisibleText = open.answer.text.text !== '';
    if (stopped !== undefined) return { kind: 'cancelled', reason: 'stopped', hasVisibleText };
    if (isChosen) return { kind: 'chosen', hasVisibleText };
    // Asked only where saved answers go in front, so that nobody else waits for the look-up.
    const saved = ports.isSavedInFront === undefined ? undefined : await savedFirst(question);
    if (saved !== undefined && ports.isSavedInFront?.(saved.tier)) return { kind: 'saved', hasVisibleText };
    return walk(question, open);
  }

  async function savedFirst({ saved, finding }: PreparedQuestion): Promise<SavedAnswer | undefined> {
    const found = await saved?.found;
    return found !== undefined && isServedFirst(found, finding) ? found : undefined;
  }

  /** A question that processes died over is not given to another one later. */
  function deferralOf({ isParked }: PreparedQuestion): 'possible' | 'parked' | undefined {
    if (turn.takeovers > MAX_TAKEOVERS) return undefined;
    if (isParked) return 'parked';
    return ports.canDefer === true ? 'possible' : undefined;
  }

  function keepForOthers({ saved, finding, request }: PreparedQuestion, result: TurnEnd, text: string): void {
    if (result.kind !== 'answered' || result.isTruncated || finding.result.kind === 'ask-back') return;
    const { tier, model, sourceIds } = result;
    saved?.keep({ text, tier, model, sourceIds, grounding: request.grounding });
  }

  async function finish(question: PreparedQuestion, result: TurnEnd, text: LiveText): Promise<void> {
    const { cause, ...ending } = endingOf(result, {
      finding: question.finding,
      saved: result.kind === 'floor' || result.kind === 'saved' ? await savedFirst(question) : undefined,
      titleOf: (entryId) => ports.floor.entry(entryId, question.conversation.locale)?.question ?? entryId,
      deferral: deferralOf(question),
      live: text,
      titles: question.titles,
      newMessage,
      stepDown: (stickyTier) => ({ stickyTier }),
    });
    const finished: FinishedTurn = {
      ...ending,
      status: result.kind === 'cancelled' ? 'cancelled' : 'done',
      cause: cause ?? causeOf(result),
      attempts,
      endedAt: ports.clock.now(),
      ifLeaseOwner: ports.processId,
    };
    const written = await ports.turns.finish(turn.id, finished);
    if (written === undefined) return;
    publishFinished(written.answer, written.appended);
    ports.publish({ type: 'conversation.changed', conversation: written.conversation });
    keepForOthers(question, result, text.text);
    ports.onTurnEnded?.({
      turn: { ...turn, attempts, cause: finished.cause },
      tier: ending.resultTier,
      locale: question.conversation.locale,
      finding: question.finding,
      citedIds: result.kind === 'answered' ? result.sourceIds : [],
    });
  }

  function publishFinished(answer: Message | undefined, appended: readonly Message[]): void {
    if (answer !== undefined) ports.publish({ type: 'message.completed', message: answer });
    for (const message of appended) ports.publish({ type: 'message.created', message });
    for (const message of appended.filter((each) => each.author === 'assistant')) ports.publish({ type: 'message.completed', message });
  }

  const done = run().catch((cause: unknown) =>
    ports.log.error({ turnId: turn.id, cause }, 'A turn broke; it stays open and is finished by the next sweep.'),
  );

  return {
    turn,
    done,
    get live() {
      return live;
    },
    get messageId() {
      return messageId;
    },
    pause() {
      isPaused = true;
      live?.pause();
    },
    resume() {
      isPaused = false;
      live?.resume();
    },
    cancel: (reason) => stop('cancelled', reason),
    abandon: () => stop('abandoned', 'this process is going down'),
  };
}

interface OpenAnswer {
  readonly message: Message;
  readonly answer: LiveAnswer;
}

/** Text of the process that died is on the screen too, even if this one has added nothing. */
function seen(result: TurnEnd, hadText: boolean): TurnEnd {
  return result.kind === 'answered' ? result : { ...result, hasVisibleText: result.hasVisibleText || hadText };
}

function interrupted(text: string): { interruptedText?: string } {
  return text === '' ? {} : { interruptedText: text };
}

function causeOf(result: TurnEnd): string {
  return result.kind === 'floor' ? `floor: ${result.cause}` : result.kind;
}
