import { durationWords, routeName } from './cause.ts';
import type { RouteContext, RouteEvent } from './route-context.ts';
import { leniencyOf } from './route-context.ts';
import * as thresholds from './thresholds.ts';

type Scope = { readonly context: RouteContext; readonly event: RouteEvent };

/** Milliseconds until a point on the monotonic clock, 0 when it has passed. */
export function untilMs(context: RouteContext, atMs: number): number {
  return Math.max(0, atMs - context.clock.monotonicMs());
}

/** True when this report opens the route. */
export function isOpening({ context, event }: Scope): boolean {
  if (event.type !== 'attempt.failed' && event.type !== 'attempt.succeeded') return false;
  return thresholds.openingRule(event.window, leniencyOf(context), context.policy) !== undefined;
}

/** True when this report degrades the route. */
export function isDegrading({ context, event }: Scope): boolean {
  if (event.type !== 'attempt.failed' && event.type !== 'attempt.succeeded') return false;
  if (context.isSuspicious && event.type === 'attempt.failed') return true;
  return thresholds.breachesTooOften(event.window, leniencyOf(context), context.policy);
}

/** True when this report heals a degraded route. */
export function isRecovered({ context, event }: Scope): boolean {
  if (event.type !== 'attempt.succeeded') return false;
  return thresholds.hasRecovered(event.window, context.clock.monotonicMs() - context.enteredAtMs, context.policy);
}

/** Fresh evidence makes a background probe a waste. */
export function hasFreshSuccess(context: RouteContext): boolean {
  const lastSuccessAt = context.window?.lastSuccessAt;
  return lastSuccessAt !== undefined && context.clock.now() - lastSuccessAt < context.policy.probeBackgroundMs;
}

/** One alert for a whole episode of flapping, not one for every further open. */
export function alertFlapping(context: RouteContext, opened: Partial<RouteContext>, send: (detail: string) => void): void {
  if (opened.isFlapAlerted !== true || context.isFlapAlerted) return;
  const { flapWindowMs, flapHoldMs } = context.policy;
  const count = opened.openedAtMs?.length ?? 0;
  send(
    `${routeName(context.route)} opened ${count} times in ${durationWords(flapWindowMs)}: it rests for ${durationWords(flapHoldMs)}, then must pass a longer proof`,
  );
}
