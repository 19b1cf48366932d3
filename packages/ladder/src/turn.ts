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
  let fault: unknown;

  /** A port that throws is a bug outside the turn: every attempt is stopped in order, then `done` rejects. */
  function guarded<Value>(ask: () => Value): Value | undefined {
    try {
      return ask();
    } catch (cause) {
      if (state !== 'broken') fault = cause;
      state = 'broken';
      actor.send({ type: 'turn.cancel', reason: 'a port failed' });
      return undefined;
    }
  }

  const actor = createActor(provideActors(machine, ports, guarded), {
    input: { policy, firstRev, routes: plan.routes },
    clock: { setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs), clearTimeout: (timer) => clock.clearTimeout(timer) },
  });
  actor.on('*', (notice: TurnNotice) => {
    const isText = notice.type === 'answer.delta' || notice.type === 'answer.interrupted';
    // A step of the machine may still have text in hand when the conversation cancels in the middle of it.
    if (state === 'broken' || (state === 'cancelled' && isText)) return;
    guarded(() => announce(notice));
  });
  actor.subscribe({
    complete() {
      const isBroken = state === 'broken';
      state = 'over';
      const { output } = actor.getSnapshot();
      if (isBroken || output === undefined) reject(fault);
      else resolve(output);
    },
    error: reject,
  });
  actor.start();
  // The caller holds the turn before anything of it happens: its first effect may already cancel it.
  Promise.resolve().then(() => send({ type: 'turn.start' }));

  function send(event: Parameters<typeof actor.send>[0]): void {
    if (state === 'running') actor.send(event);
  }
  return {
    done,
    cancel(reason) {
      if (state !== 'running') return;
      state = 'cancelled';
      actor.send({ type: 'turn.cancel', reason });
    },
  };
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
    return { type: 'retry.granted', delayMs: (ports.policy.retryDelayMs * (1 + 2 * ports.random())) / 3 };
  }
  const attempt = attemptMachine.provide({ actors: { source: createSource({ attempt: ports.attempt, leave }) } });
  return machine.provide({
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
}
