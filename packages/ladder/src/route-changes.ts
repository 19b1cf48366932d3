import type { RouteWindow, TierFailure } from '@stepdown/kernel';
import { durationWords, failureWords, routeName, signalName, times } from './cause.ts';
import { probeIntervalMs, withJitter } from './probe-schedule.ts';
import type { RouteContext, RouteEvent } from './route-context.ts';
import { leniencyOf } from './route-context.ts';
import { breachesTooOften, failureRow, openingRule } from './thresholds.ts';

type Change = Partial<RouteContext>;

/** Ramp shares of the eligible turns, in order (SPEC.md, L17). */
export const RAMP_SHARES = [0.25, 0.5, 1] as const;

function windowOf(event: RouteEvent): RouteWindow | undefined {
  const hasWindow = event.type === 'attempt.succeeded' || event.type === 'attempt.failed' || event.type === 'attempt.excused';
  return hasWindow ? event.window : undefined;
}

function failureOf(event: RouteEvent): TierFailure | undefined {
  const hasFailure = event.type === 'attempt.failed' || event.type === 'attempt.excused' || event.type === 'latch.set';
  return hasFailure || event.type === 'probe.inconclusive' ? event.failure : undefined;
}

const NO_DOUBT: Change = { doubtSinceMs: Number.NEGATIVE_INFINITY, confirmUntilMs: 0, customersInDoubt: 0 };

/** Stamps the moment a new state begins. */
export function enterState(context: RouteContext): Change {
  return { since: context.clock.now(), enteredAtMs: context.clock.monotonicMs() };
}

/** Keeps what every report says; a success ends the row of failures. */
export function noteEvidence(context: RouteContext, event: RouteEvent): Change {
  const window = windowOf(event) ?? context.window;
  // An answer that was under way before the first failure does not end the doubt, only the row.
  if (event.type === 'attempt.succeeded') return { window, forgivenFailures: 0, ...(event.isStale ? {} : NO_DOUBT) };
  const failure = failureOf(event);
  return failure === undefined ? { window } : { window, lastFailure: failure, notBeforeMs: notBefore(context, failure) };
}

/** `retry-after` is obeyed up to five minutes; the full value stays in `lastFailure` for display. */
function notBefore(context: RouteContext, failure: TierFailure): number {
  const waitMs = Math.min(failure.retryAfterMs ?? 0, context.policy.saturationCeilingMs);
  return Math.max(context.notBeforeMs, context.clock.monotonicMs() + waitMs);
}

/** True while a confirm probe is on its way. */
export function isConfirming(context: RouteContext): boolean {
  return context.clock.monotonicMs() < context.confirmUntilMs;
}

/** A confirm probe was asked for; its answer must come within the probe limit and 2 s. */
export function awaitConfirm(context: RouteContext): Change {
  const now = context.clock.monotonicMs();
  const confirmUntilMs = now + context.policy.probeTimeoutMs + context.policy.probeLostAfterMs;
  return isConfirming(context) ? { confirmUntilMs } : { doubtSinceMs: now, confirmUntilMs, customersInDoubt: 0 };
}

/** The doubt is over without an answer: the probe said nothing. */
export function endDoubt(): Change {
  return NO_DOUBT;
}

/** One more customer was sent while a first failure is being confirmed. */
export function countCustomer(context: RouteContext): Change {
  return isConfirming(context) ? { customersInDoubt: context.customersInDoubt + 1 } : {};
}

export function degradedCause(context: RouteContext, event: RouteEvent): Change {
  const window = windowOf(event) ?? context.window;
  const name = routeName(context.route);
  const isByStatusPage = window === undefined || !breachesTooOften(window, leniencyOf(context), context.policy);
  const cause = isByStatusPage
    ? `${name}: the provider's status page names trouble and an attempt failed`
    : `${name} failed or was slow ${window.longBreaches} of ${times(window.longSamples)} in ${durationWords(context.policy.degradedWindowMs)}`;
  return { cause, signal: signalName(context.route, failureOf(event)) };
}

export function recoveredCause(context: RouteContext): Change {
  const cause = `${routeName(context.route)} has answered in time for ${durationWords(context.policy.recoveredForMs)}`;
  return { cause, signal: context.route.id, verdictAtMs: context.clock.monotonicMs() };
}

function openedWords(context: RouteContext, event: RouteEvent, failure: TierFailure | undefined): string {
  const window = windowOf(event) ?? context.window;
  const reason = failure === undefined ? '' : `: ${failureWords(failure)}`;
  if (window === undefined) return `failed${reason}`;
  if (openingRule(window, leniencyOf(context), context.policy) === 'ratio') {
    return `failed ${window.shortFailures} of ${times(window.shortSamples)} in ${durationWords(context.policy.openWindowMs)}${reason}`;
  }
  return `failed ${times(failureRow(window, context))} in a row${reason}`;
}

/** The route opens: a new outage, counted for flapping, with its first probe 5 s away (SPEC.md, L13, L14, L20). */
export function openNow(context: RouteContext, event: RouteEvent): Change {
  const now = context.clock.monotonicMs();
  const failure = failureOf(event) ?? context.lastFailure;
  const recentlyOpenedAtMs = context.openedAtMs.filter((at) => now - at < context.policy.flapWindowMs);
  const openedAtMs = [...recentlyOpenedAtMs, now];
  const isFlapping = openedAtMs.length >= context.policy.flapOpens;
  const holdMs = isFlapping ? context.policy.flapHoldMs : context.policy.probeFirstMs;
  return {
    cause: `${routeName(context.route)} ${openedWords(context, event, failure)}`,
    signal: signalName(context.route, failure),
    openedAtMs,
    // The episode ends, and may be told again, only after a whole window without an open.
    isFlapAlerted: isFlapping || (context.isFlapAlerted && recentlyOpenedAtMs.length > 0),
    isReopened: false,
    outageSinceMs: now,
    nextProbeAtMs: Math.max(now + holdMs, context.notBeforeMs),
    ...NO_DOUBT,
  };
}

/** As `openNow`, with the words for a failure on the way back. */
export function reopenNow(context: RouteContext, event: RouteEvent): Change {
  const failure = failureOf(event);
  const reason = failure === undefined ? '' : `: ${failureWords(failure)}`;
  return {
    ...openNow(context, event),
    isReopened: true,
    cause: `${routeName(context.route)} failed again while it was climbing back${reason}`,
  };
}

/** True while an open may still turn out to be our own network's fault. */
export function isOpenedByOurNetwork(context: RouteContext): boolean {
  const reason = context.lastFailure?.reason;
  if (reason !== 'unreachable' && reason !== 'connect-timeout') return false;
  return context.clock.monotonicMs() - context.outageSinceMs <= context.policy.egressWindowMs;
}

/** Our own network was the cause: the open is taken back as if it had not been (SPEC.md, L28). */
export function takeBackOpen(context: RouteContext): Change {
  return {
    openedAtMs: context.openedAtMs.slice(0, -1),
    cause: `${routeName(context.route)} is not to blame: no provider can be reached from this server`,
    signal: context.route.id,
    nextProbeAtMs: 0,
  };
}

/** Evidence gathered while no provider could be reached says nothing about this one. */
export function forgive(context: RouteContext): Change {
  return {
    verdictAtMs: context.clock.monotonicMs(),
    forgivenFailures: context.window?.consecutiveFailures ?? 0,
    ...NO_DOUBT,
  };
}

/** The next recovery probe, counted from the last one, at least 1 s from now and never before `retry-after`. */
export function planNextProbe(context: RouteContext): Change {
  const now = context.clock.monotonicMs();
  const intervalMs = probeIntervalMs(now - context.outageSinceMs, context.policy);
  const due = context.lastProbeAtMs + withJitter(intervalMs, context.policy.probeJitterRatio, context.random);
  return { nextProbeAtMs: Math.max(due, now + context.policy.probeLeastApartMs, context.notBeforeMs) };
}

export function noteProbeAsked(context: RouteContext): Change {
  return { lastProbeAtMs: context.clock.monotonicMs() };
}

export function forgetGoodProbes(): Change {
  return { goodProbes: 0, lastGoodProbeAtMs: Number.NEGATIVE_INFINITY };
}

interface ProbesNeeded {
  readonly count: number;
  readonly apartMs: number;
  readonly overMs: number;
}

/** 2 good probes at least 2 s apart; 5 over at least 60 s after the second open in 15 min (SPEC.md, L15). */
function probesNeeded(context: RouteContext): ProbesNeeded {
  const { policy } = context;
  const now = context.clock.monotonicMs();
  const opens = context.openedAtMs.filter((at) => now - at < policy.flapWindowMs).length;
  if (opens < policy.reopenOpens) return { count: policy.goodProbes, apartMs: policy.goodProbesApartMs, overMs: 0 };
  const overMs = policy.goodProbesAfterReopenForMs;
  return { count: policy.goodProbesAfterReopen, apartMs: overMs / Math.max(1, policy.goodProbesAfterReopen - 1), overMs };
}

/** A good probe counts when it is far enough from the one before; the next is planned at that distance. */
export function countGoodProbe(context: RouteContext): Change {
  const now = context.clock.monotonicMs();
  const { apartMs } = probesNeeded(context);
  if (now - context.lastGoodProbeAtMs < apartMs) return { nextProbeAtMs: context.lastGoodProbeAtMs + apartMs };
  return {
    goodProbes: context.goodProbes + 1,
    firstGoodProbeAtMs: context.goodProbes === 0 ? now : context.firstGoodProbeAtMs,
    lastGoodProbeAtMs: now,
    nextProbeAtMs: now + apartMs,
  };
}

/** True when the probe that has just passed is the last one needed. */
export function isLastGoodProbe(context: RouteContext): boolean {
  const now = context.clock.monotonicMs();
  const needed = probesNeeded(context);
  if (context.goodProbes + 1 < needed.count || now - context.lastGoodProbeAtMs < needed.apartMs) return false;
  return context.goodProbes === 0 || now - context.firstGoodProbeAtMs >= needed.overMs;
}

/** A stage of the ramp begins; a restored one keeps its remaining time. */
export function beginStage(context: RouteContext, stage: number): Change {
  const now = context.clock.monotonicMs();
  const isRestored = context.rampStage === stage && context.stageEndsAtMs > now;
  const stageEndsAtMs = isRestored ? context.stageEndsAtMs : now + context.policy.rampStageMs;
  return { rampStage: stage, stageEndsAtMs, stageEvidence: isRestored ? context.stageEvidence : 0 };
}

export function rampCause(context: RouteContext): Change {
  const cause = `${routeName(context.route)} answers probes again: its share of the turns is being raised`;
  return { cause, signal: context.route.id, rampStage: -1, stageEndsAtMs: 0, stageEvidence: 0 };
}

export function climbedCause(context: RouteContext): Change {
  const seconds = durationWords(context.policy.rampStageMs * RAMP_SHARES.length);
  const cause = `${routeName(context.route)} is back: it passed its probes and answered a growing share of the turns for ${seconds}`;
  return { cause, signal: context.route.id, verdictAtMs: context.clock.monotonicMs() };
}

/** A key or a model is refused: only a re-check or a person helps (SPEC.md, L21). */
export function latchNow(context: RouteContext, event: RouteEvent): Change {
  if (event.type !== 'latch.set') return {};
  return {
    latch: event.latch,
    cause: `${routeName(context.route)}: ${failureWords(event.failure)}`,
    signal: signalName(context.route, event.failure),
    ...planRecheck({ ...context, latch: event.latch }),
  };
}

export function planRecheck(context: RouteContext): Change {
  const waitMs = context.latch === 'model' ? context.policy.modelRecheckMs : context.policy.credentialRecheckMs;
  return { nextProbeAtMs: context.clock.monotonicMs() + waitMs };
}

export function unlatch(context: RouteContext): Change {
  const cause = `${routeName(context.route)}: the key and the model are accepted again`;
  return { latch: undefined, cause, signal: context.route.id, outageSinceMs: context.clock.monotonicMs(), nextProbeAtMs: 0 };
}
