import type { RouteId } from '@stepdown/kernel';
import { createActor, fromCallback } from 'xstate';
import { attemptMachine } from './turn-attempt.ts';
import type { GateEvent, GateInput, RetryEvent, RetryInput, TurnNotice } from './turn-events.ts';
import { turnMachine } from './turn-machine.ts';
import type { RunningTurn, TurnPorts } from './turn-ports.ts';
import { createSource } from './turn-source.ts';
import { createTrail } from './turn-trail.ts';
import type { TurnResult } from './types.ts';

export { turnMachine } from './turn-machine.ts';
export type { AttemptOptions, RunningTurn, TurnPorts } from './turn-ports.ts';

/** Walks one customer question down the planned routes until one of them answers (SPEC.md, "Turn"). */
export function startTurn(ports: TurnPorts): RunningTurn {
  return runTurn(ports, turnMachine);
}

/** `startTurn` with another machine: tests break one guard at a time to prove that they would notice. */
export function runTurn(ports: TurnPorts, machine: typeof turnMachine): RunningTurn {
  const { clock, plan, policy, firstRev } = ports;
  const { promise: done, resolve, reject } = Promise.withResolvers<TurnResult>();
  const announce = createTrail(ports);
  let state: 'running' | 'cancelled' | 'broken' | 'over' = 'running';
  let cancelReason = '';
  let fault: unknown;
  let result: TurnResult | undefined;

  /** A port that throws is a bug outside the turn: every attempt is stopped in order, then `done` rejects. */
  function guarded<Value>(ask: () => Value): Value | undefined {
    try {
      return ask();
    } catch (cause) {
      const wasAlive = state === 'running' || state === 'cancelled';
      if (state !== 'broken') fault = cause;
      state = 'broken';
      if (wasAlive) actor.send({ type: 'turn.cancel', reason: 'a port failed' });
      return undefined;
    }
  }

  /** Text needs no check here: a step of the machine shows it before it announces anything else, so no cancel can come between. */
  function hear(notice: TurnNotice): void {
    if (state === 'broken') return;
    if (notice.type !== 'turn.ended') return void guarded(() => announce(notice));
    // The step that ends a turn may already have told of an attempt, and been answered with a cancel.
    const verdict = state === 'cancelled' ? asCancelled(notice.result, cancelReason) : notice.result;
    result = verdict;
    state = 'over';
    guarded(() => announce({ type: 'turn.ended', result: verdict }));
  }

  const { provided, leaveAll } = provideActors(machine, ports, guarded);
  const actor = createActor(provided, {
    input: { policy, firstRev, routes: plan.routes },
    clock: { setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs), clearTimeout: (timer) => clock.clearTimeout(timer) },
  });
  actor.on('*', hear);
  actor.subscribe({
    complete() {
      leaveAll();
      if (state === 'broken' || result === undefined) reject(fault);
      else resolve(result);
    },
    error: reject,
  });
  actor.start();
  // The caller holds the turn before anything of it happens: its first effect may already cancel it.
  void Promise.resolve().then(() => {
    if (state === 'running') actor.send({ type: 'turn.start' });
  });

  return {
    done,
    cancel(reason) {
      if (state !== 'running') return;
      state = 'cancelled';
      cancelReason = reason;
      actor.send({ type: 'turn.cancel', reason });
    },
  };
}

function asCancelled(result: TurnResult, reason: string): TurnResult {
  if (result.kind === 'cancelled') return result;
  return { kind: 'cancelled', reason, hasVisibleText: result.kind === 'answered' || result.hasVisibleText };
}

/** Connects the machine's named actors with the ports; a route's place is given back when its attempt is over. */
function provideActors(machine: typeof turnMachine, ports: TurnPorts, guarded: <Value>(ask: () => Value) => Value | undefined) {
  const places = new Map<RouteId, () => void>();
  function leave(routeId: RouteId): void {
    const release = places.get(routeId);
    places.delete(routeId);
    if (release !== undefined) guarded(release);
  }
  function admit({ route, isHedge }: GateInput): GateEvent['type'] {
    if (route === undefined || !ports.isStillAllowed(route.routeId)) return 'gate.refused';
    const release = ports.admit(route.routeId);
    if (release === undefined) return isHedge ? 'gate.noHedge' : 'gate.refused';
    places.set(route.routeId, release);
    if (!isHedge || ports.takeHedge?.() !== false) return 'gate.admitted';
    leave(route.routeId);
    return 'gate.noHedge';
  }
  function retry({ route }: RetryInput): RetryEvent {
    const isGranted = route !== undefined && ports.isStillAllowed(route.routeId) && ports.takeRetry();
    if (!isGranted) return { type: 'retry.denied' };
    return { type: 'retry.granted', delayMs: Math.round((ports.policy.retryDelayMs * (1 + 2 * ports.random())) / 3) };
  }
  const attempt = attemptMachine.provide({ actors: { source: createSource({ clock: ports.clock, attempt: ports.attempt, leave }) } });
  /** A place may be admitted in the very step that a cancel ends: no attempt will ever give it back. */
  const leaveAll = (): void => {
    for (const routeId of [...places.keys()]) leave(routeId);
  };
  const provided = machine.provide({
    actors: {
      attempt,
      gate: fromCallback<GateEvent, GateInput>(({ input, sendBack }) => {
        const type = guarded(() => admit(input));
        if (type !== undefined) sendBack({ type });
      }),
      retryBudget: fromCallback<RetryEvent, RetryInput>(({ input, sendBack }) => {
        const answer = guarded(() => retry(input));
        if (answer !== undefined) sendBack(answer);
      }),
    },
  });
  return { provided, leaveAll };
}
