import type { AttemptOutcome, RouteId, TierFailure } from '@stepdown/kernel';
import { isHouseWide, OUTCOMES } from './outcome.ts';
import type { Policy } from './policy.ts';
import type { PlannedRoute, TurnResult } from './types.ts';

/** An attempt whose answer is still wanted. Its number is its epoch: events with another number are stale. */
export interface LiveAttempt {
  readonly number: number;
  readonly route: PlannedRoute;
  /** No first text by `hedgeAfterMs`, and no hedge asked for yet. */
  readonly isSlow: boolean;
  /** Started while a first text was still possible, so that the answer deadline is fair to it. */
  readonly hadTime: boolean;
}

/** The failure that the turn decides about next. */
export interface FailedAttempt {
  readonly route: PlannedRoute;
  readonly failure: TierFailure;
  /** This attempt has shown text; repeating it would show the text twice. */
  readonly hasText: boolean;
}

export interface TurnInput {
  readonly policy: Policy;
  readonly routes: readonly PlannedRoute[];
  readonly firstRev: number;
}

export interface TurnContext extends TurnInput {
  /** Routes that were tried, closed or full: not tried again, unless the outcome table says so. */
  readonly spent: ReadonlySet<RouteId>;
  /** Credentials that were refused; none of their routes can answer. */
  readonly blockedCredentials: ReadonlySet<string>;
  /** Credentials of which a route could not be reached or kept the customer waiting; their other routes are asked last. */
  readonly troubledCredentials: ReadonlySet<string>;
  /** Routes that had their one repeat. */
  readonly repeated: ReadonlySet<RouteId>;
  /** The route to repeat next; it goes before the plan. */
  readonly repeat: PlannedRoute | undefined;
  readonly waitMs: number;
  readonly attemptCount: number;
  readonly live: readonly LiveAttempt[];
  readonly failed: FailedAttempt | undefined;
  readonly rev: number;
  /** Text of the rev on the screen; empty = nothing is visible yet. */
  readonly shownText: string;
  readonly isInterrupted: boolean;
  readonly isTrimmed: boolean;
  /** Too little is left of `nothingShownMs` for another first text. */
  readonly isLateForFirstText: boolean;
  /** Too little is left of `answerMs` for anything. */
  readonly isLateForAnswer: boolean;
  /** What the customer gets if nothing more comes. */
  readonly result: TurnResult;
}

export function initialContext(input: TurnInput): TurnContext {
  return {
    ...input,
    spent: new Set(),
    blockedCredentials: new Set(),
    troubledCredentials: new Set(),
    repeated: new Set(),
    repeat: undefined,
    waitMs: 0,
    attemptCount: 0,
    live: [],
    failed: undefined,
    rev: input.firstRev,
    shownText: '',
    isInterrupted: false,
    isTrimmed: false,
    isLateForFirstText: false,
    isLateForAnswer: false,
    result: { kind: 'floor', hasVisibleText: false, cause: 'no-route' },
  };
}

export const hasVisibleText = (context: TurnContext): boolean => context.shownText !== '';

/** The route to ask for next; undefined = the plan is used up, or the turn has had its attempts. */
export function candidateOf(context: TurnContext): PlannedRoute | undefined {
  if (context.attemptCount >= context.policy.attemptsPerTurn) return undefined;
  if (context.repeat !== undefined) return context.repeat;
  return unspent(context)[0];
}

/** Whom a slow attempt is raced against: another house where there is one, because the models of one house are slow together. */
export function rivalOf(context: TurnContext): PlannedRoute | undefined {
  const candidate = candidateOf(context);
  if (candidate === undefined) return undefined;
  const isElsewhere = ({ credentialId }: PlannedRoute): boolean => context.live.every(({ route }) => route.credentialId !== credentialId);
  return unspent(context).find(isElsewhere) ?? candidate;
}

/** In the order of the plan, behind a house that has already cost the customer time: its next model would cost the same again. */
function unspent(context: TurnContext): readonly PlannedRoute[] {
  const open = context.routes.filter((route) => !context.spent.has(route.routeId) && !context.blockedCredentials.has(route.credentialId));
  const isTroubled = ({ credentialId }: PlannedRoute): boolean => context.troubledCredentials.has(credentialId);
  return [...open.filter((route) => !isTroubled(route)), ...open.filter(isTroubled)];
}

/** One deadline travels down: an attempt that can't make it is not started. */
export function isTooLate(context: TurnContext): boolean {
  return hasVisibleText(context) ? context.isLateForAnswer : context.isLateForFirstText;
}

export type NextStep = 'stop' | 'next' | 'retry' | 'wait' | 'trim';

/** What the outcome table asks for after the last live attempt has failed. A repeat is only for attempts that showed nothing. */
export function nextStep(context: TurnContext): NextStep {
  const { failed, policy } = context;
  if (failed === undefined) return 'next';
  const isFresh = !failed.hasText && context.attemptCount < policy.attemptsPerTurn && !isTooLate(context);
  const mayRepeat = isFresh && !context.repeated.has(failed.route.routeId);
  switch (OUTCOMES[failed.failure.reason].turn) {
    case 'stop':
      return 'stop';
    case 'next':
    case 'next-tier':
      return 'next';
    case 'retry-once':
      return mayRepeat ? 'retry' : 'next';
    case 'wait-or-next':
      return mayRepeat && retryAfterMs(failed.failure) <= policy.rateLimitWaitMs ? 'wait' : 'next';
    case 'trim-or-next':
      return isFresh && !context.isTrimmed ? 'trim' : 'next';
  }
}

/** A rate limit that names no time is as long as any. */
function retryAfterMs(failure: TierFailure): number {
  return failure.retryAfterMs ?? Number.POSITIVE_INFINITY;
}

/** The context without an attempt that has ended; remembers its failure and blocks a refused credential. */
export function withoutAttempt(
  context: TurnContext,
  ended: { number: number; outcome: AttemptOutcome; hasText: boolean },
): Partial<TurnContext> {
  const attempt = attemptOf(context, ended.number);
  const live = context.live.filter(({ number }) => number !== ended.number);
  if (attempt === undefined || ended.outcome.kind !== 'failed') return { live, failed: undefined };
  const { failure } = ended.outcome;
  const failed = { route: attempt.route, failure, hasText: ended.hasText };
  if (isHouseWide(failure.reason))
    return { live, failed, troubledCredentials: new Set([...context.troubledCredentials, attempt.route.credentialId]) };
  if (OUTCOMES[failure.reason].turn !== 'next-tier') return { live, failed };
  return { live, failed, blockedCredentials: new Set([...context.blockedCredentials, attempt.route.credentialId]) };
}

export function attemptOf(context: TurnContext, number: number): LiveAttempt | undefined {
  return context.live.find((attempt) => attempt.number === number);
}

/** The failed route once more, after `waitMs`. */
export function withRepeat(context: TurnContext, waitMs: number): Partial<TurnContext> {
  if (context.failed === undefined) return {};
  const { route } = context.failed;
  return { repeat: route, waitMs, repeated: new Set([...context.repeated, route.routeId]) };
}

/** A route that has been asked, is closed or full is passed over for the rest of the turn. */
export function withoutRoute(context: TurnContext, route: PlannedRoute | undefined): Partial<TurnContext> {
  if (route === undefined) return {};
  return { repeat: undefined, spent: new Set([...context.spent, route.routeId]) };
}
