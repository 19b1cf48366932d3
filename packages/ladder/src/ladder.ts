import type { Clock, Random, RouteId, RouteWindow, Signal, TierId } from '@stepdown/kernel';
import { TIERS } from '@stepdown/kernel';
import type { Policy } from './policy.ts';
import type { LadderEvent, LadderSnapshot, PlannedRoute, RouteDescriptor, RouteSnapshot, TierSnapshot, TurnPlan } from './types.ts';

/** What the ladder must know about a turn before it names the routes. */
export interface TurnQuestion {
  readonly turnId: string;
  readonly conversationId: string;
  /** Tier of the conversation's last answer; undefined in a new conversation. */
  readonly stickyTier: TierId | undefined;
  /** True for a visitor's question: only then may a conversation climb. False for resumed and repeated turns. */
  readonly isNewQuestion: boolean;
}

/** An operator's hold at one tier. `until` is epoch ms, in the future: a pin must expire. */
export interface PinRequest {
  readonly tier: TierId;
  readonly reason: string;
  readonly by: string;
  readonly until: number;
}

/** Versioned plain JSON; `createLadder({ restored })` takes back whatever `serialize` gave, from any version. */
export interface SerializedLadder {
  readonly version: 1;
  readonly savedAt: number;
}

export interface LadderOptions {
  /** Tiers in ladder order, models of a tier in the order they are tried. */
  readonly routes: readonly RouteDescriptor[];
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: Random;
  /** Result of an earlier `serialize()`; anything unreadable is ignored and the ladder starts fresh. */
  readonly restored?: unknown;
  /** Running conversations, for the tier change event. */
  readonly conversationsAffected?: () => number;
}

/** Decides which tier answers. Nothing else in the product does. */
export interface Ladder {
  /** Routes a turn may try, best first. Empty means: the floor (FAQ, then a person), at once. */
  plan(question: TurnQuestion): TurnPlan;
  /** Takes one piece of evidence; `window` is what packages/health says after it. */
  report(signal: Signal, window: RouteWindow): void;
  /** A status page names trouble (`undefined`: no longer). Raises suspicion only. */
  suspect(tier: TierId, reason: string | undefined): void;
  /** Asks for one probe of an open or latched route now, for an operator who fixed something. */
  recheck(routeId: RouteId): void;
  /** Asked before each attempt: a release function, or undefined when the route may not be used (full, or open since the plan). */
  admit(routeId: RouteId): (() => void) | undefined;
  /** True when the retry budget allows one more retry on the same route. */
  takeRetry(): boolean;
  snapshot(): LadderSnapshot;
  /** Calls back on every event until the returned function is called. */
  on(listener: (event: LadderEvent) => void): () => void;
  pin(request: PinRequest): void;
  release(by: string): void;
  /** Marks routes as rehearsing an outage; changes labels and uptime, never a decision. */
  setDrill(routeIds: readonly RouteId[], isOn: boolean): void;
  serialize(): SerializedLadder;
  /** Ends every timer. */
  stop(): void;
}

/** Makes the ladder over the configured routes. */
export function createLadder(options: LadderOptions): Ladder {
  const startedAt = options.clock.now();
  const listeners = new Set<(event: LadderEvent) => void>();

  const routeSnapshot = (route: RouteDescriptor): RouteSnapshot => ({
    id: route.id,
    tier: route.tier,
    model: route.model,
    state: 'healthy',
    since: startedAt,
    cause: 'No failure seen',
    lastFailure: undefined,
    isSuspicious: false,
    isDrill: false,
    rampShare: 1,
    nextProbeAt: undefined,
    saturatedUntil: undefined,
    firstTextP50Ms: undefined,
    firstTextP95Ms: undefined,
    errorRatio: undefined,
    lastSuccessAt: undefined,
    opensInWindow: 0,
  });
  const tierSnapshot = (id: TierId): TierSnapshot => {
    const routes = options.routes.filter((route) => route.tier === id).map(routeSnapshot);
    const isConfigured = routes.length > 0 || id === 'faq' || id === 'handoff';
    return { id, state: isConfigured ? 'healthy' : 'unconfigured', routes };
  };
  const planned = (route: RouteDescriptor): PlannedRoute => ({
    routeId: route.id,
    tier: route.tier,
    model: route.model,
    credentialId: route.credentialId,
    hedgeAfterMs: undefined,
  });
  const ordered = TIERS.flatMap((tier) => options.routes.filter((route) => route.tier === tier));

  return {
    plan: () => ({ routes: ordered.map(planned), cause: 'Every route is healthy' }),
    report: () => undefined,
    suspect: () => undefined,
    recheck: () => undefined,
    admit: () => () => undefined,
    takeRetry: () => true,
    snapshot: () => ({
      tier: ordered[0]?.tier ?? 'faq',
      since: startedAt,
      cause: 'Start',
      tiers: TIERS.map(tierSnapshot),
      pin: undefined,
      egressSuspectedSince: undefined,
    }),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pin: () => undefined,
    release: () => undefined,
    setDrill: () => undefined,
    serialize: () => ({ version: 1, savedAt: options.clock.now() }),
    stop: () => listeners.clear(),
  };
}
