import type { Clock, Signal } from '@stepdown/kernel';
import { type Actor, createActor } from 'xstate';
import type { Policy } from './policy.ts';
import { type SaturationMemory, saturationMachine } from './saturation-machine.ts';
import { isInShare } from './share.ts';
import type { RouteDescriptor } from './types.ts';

interface SaturationView {
  readonly share: number;
  readonly isBlocked: boolean;
  readonly isVisible: boolean;
  /** Epoch ms, as the provider asked. */
  readonly until: number | undefined;
}

export interface Saturations {
  /** Takes an answer or a 429 of a route. */
  note(route: RouteDescriptor, signal: Signal): void;
  view(route: RouteDescriptor): SaturationView;
  /** False while blocked, and for conversations outside the share. */
  allows(route: RouteDescriptor, conversationId: string): boolean;
  memory(): readonly SaturationMemory[];
  stop(): void;
}

export interface SaturationOptions {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly restored: readonly SaturationMemory[];
  readonly changed: (route: RouteDescriptor) => void;
}

/** A rate limit belongs to the credential and the model, whatever the URL. */
function keyOf(route: RouteDescriptor): string {
  return `${route.credentialId} ${route.model}`;
}

/** Keeps the rate limits of all routes. */
export function createSaturations(routes: readonly RouteDescriptor[], options: SaturationOptions): Saturations {
  const { policy, clock } = options;
  const actors = new Map<string, Actor<typeof saturationMachine>>();
  /** Turn that was told a wait short enough to sit out; a second 429 in it is a real limit. */
  const satOut = new Map<string, string>();
  for (const route of routes) {
    const key = keyOf(route);
    if (actors.has(key)) continue;
    const restored = options.restored.find((memory) => memory.key === key);
    const actor = createActor(saturationMachine, { clock, input: { policy, clock, ...(restored === undefined ? {} : { restored }) } });
    actors.set(key, actor);
    actor.start();
    actor.subscribe(() => options.changed(route));
  }

  function isSittingItOut(key: string, signal: Signal, retryAfterMs: number | undefined): boolean {
    if (retryAfterMs === undefined || retryAfterMs > policy.rateLimitWaitMs) return false;
    if (satOut.get(key) === signal.sourceId) return false;
    satOut.set(key, signal.sourceId);
    return true;
  }

  function view(route: RouteDescriptor): SaturationView {
    const snapshot = actors.get(keyOf(route))?.getSnapshot();
    if (snapshot === undefined || snapshot.value === 'clear') return { share: 1, isBlocked: false, isVisible: false, until: undefined };
    const { share, isVisible, displayUntil } = snapshot.context;
    const isBlocked = snapshot.value === 'blocked';
    return { share, isBlocked, isVisible, until: displayUntil > clock.now() ? displayUntil : undefined };
  }

  const inMs = (atMs: number): number => Math.max(0, atMs - clock.monotonicMs());

  return {
    note(route, signal) {
      const key = keyOf(route);
      const actor = actors.get(key);
      if (signal.outcome.kind === 'ok') actor?.send({ type: 'attempt.succeeded' });
      if (signal.outcome.kind !== 'failed' || signal.outcome.failure.reason !== 'rate-limited') return;
      const { retryAfterMs } = signal.outcome.failure;
      if (!isSittingItOut(key, signal, retryAfterMs)) actor?.send({ type: 'rate.limited', retryAfterMs });
    },
    view,
    allows(route, conversationId) {
      const { isBlocked, share } = view(route);
      return !isBlocked && isInShare(conversationId, `saturation ${keyOf(route)}`, share);
    },
    memory: () =>
      [...actors].map(([key, actor]) => {
        const { share, strikes, blockedUntilMs, stepEndsAtMs, displayUntil, isVisible } = actor.getSnapshot().context;
        return { key, share, strikes, blockedInMs: inMs(blockedUntilMs), stepEndsInMs: inMs(stepEndsAtMs), displayUntil, isVisible };
      }),
    stop() {
      for (const actor of actors.values()) actor.stop();
    },
  };
}
