import { isModelTier, type ModelTierId, type RouteId, StepdownError, TIERS, type TierId } from '@stepdown/kernel';
import { createActor } from 'xstate';
import { durationWords, tierName } from './cause.ts';
import { ladderMachine, pinWords } from './ladder-machine.ts';
import { readMemory, type SerializedLadder } from './ladder-memory.ts';
import type { LadderOptions, PinRequest } from './ladder-options.ts';
import type { ProbeKind } from './route-context.ts';
import { type RouteRunner, startRoute } from './route-runner.ts';
import { createSaturations, type Saturations } from './saturations.ts';
import { selectTier } from './select-tier.ts';
import { tierSnapshotOf } from './tier-view.ts';
import type { LadderEvent, LadderSnapshot, Pin } from './types.ts';

/** The running machines of one ladder and the wiring between them. */
export interface LadderCore extends Pick<LadderOptions, 'policy' | 'clock'> {
  /** In the order in which turns try them. */
  readonly routes: readonly RouteRunner[];
  readonly saturations: Saturations;
  route(routeId: RouteId): RouteRunner | undefined;
  pinned(): Pin | undefined;
  isEgressSuspected(): boolean;
  setEgress(isSuspected: boolean): void;
  isStopped(): boolean;
  emit(event: LadderEvent): void;
  suspect(tier: TierId, reason: string | undefined): void;
  recheck(routeId: RouteId): void;
  snapshot(): LadderSnapshot;
  on(listener: (event: LadderEvent) => void): () => void;
  pin(request: PinRequest): void;
  release(by: string): void;
  setDrill(routeIds: readonly RouteId[], isOn: boolean): void;
  serialize(): SerializedLadder;
  stop(): void;
}

/** Starts a machine per route, one per rate limit and the ladder's own, and lets them speak to one another. */
export function createLadderCore(options: LadderOptions): LadderCore {
  const { policy, clock, random } = options;
  const memory = readMemory(options.restored, clock.now());
  const listeners = new Set<(event: LadderEvent) => void>();
  const drills = new Set<RouteId>();
  const recheckedAtMs = new Map<string, number>();
  let isStopped = false;
  let releasedBy: string | undefined;

  const emit = (event: LadderEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };

  const routes = TIERS.flatMap((tier) => options.routes.filter((route) => route.tier === tier)).map((route) => {
    const restored = memory?.routes.find((candidate) => candidate.id === route.id);
    const runner: RouteRunner = startRoute(
      { route, policy, clock, random, ...(restored === undefined ? {} : { restored }) },
      {
        changed(from) {
          emit({ type: 'route.changed', route: routeSnapshot(runner), from });
          reselect(runner.context().cause, runner.context().signal);
        },
        probeDue: (kind) => askProbe(runner, kind),
        flapping: (detail) => emit({ type: 'alert', code: 'flapping', routeId: route.id, detail }),
      },
    );
    return runner;
  });

  const saturations = createSaturations(
    routes.map((runner) => runner.route),
    {
      policy,
      clock,
      restored: memory?.saturations ?? [],
      changed: (route) => reselect(`${tierName(route.tier)} (${route.model}): rate limit (429)`, `${route.id} rate-limited`),
    },
  );

  const firstTier = selectTier({ serving: serving(), pin: memory?.pin?.tier, isEgressSuspected: false });
  const actor = createActor(ladderMachine, {
    id: 'ladder',
    clock,
    input: {
      policy,
      clock,
      random,
      tier: firstTier,
      since: memory?.tier === firstTier ? memory.since : clock.now(),
      cause: memory?.tier === firstTier ? memory.cause : 'Start: a route counts as healthy until it shows otherwise',
      pin: memory?.pin,
      conversationsAffected: options.conversationsAffected,
    },
  });
  const ladder = (): ReturnType<typeof actor.getSnapshot>['context'] => actor.getSnapshot().context;

  actor.on('tier.changed', ({ change }) => emit({ type: 'tier.changed', change }));
  actor.on('pin.changed', ({ pin, ended }) => {
    emit({ type: 'pin.changed', pin });
    const end = ended === undefined ? 'The hold has ended' : `The hold at ${tierName(ended.tier)} by ${ended.by} has ended`;
    const words = releasedBy === undefined ? end : `${end}: released by ${releasedBy}`;
    reselect(pin === undefined ? words : pinWords(pin), 'pin');
  });
  actor.on('egress.changed', ({ isSuspected }) => tellEgress(isSuspected));
  actor.on('egress.probe', () => {
    for (const tier of new Set(routes.map((runner) => runner.route.tier))) {
      const runner = routes.find((candidate) => candidate.route.tier === tier && candidate.state() !== 'latched');
      if (runner !== undefined) emit({ type: 'probe.due', routeId: runner.route.id, kind: 'recovery' });
    }
  });
  actor.start();

  function serving(): ReadonlySet<ModelTierId> {
    const full = routes.filter((runner) => runner.state() === 'healthy' || runner.state() === 'degraded');
    return new Set(full.filter((runner) => !saturations.view(runner.route).isVisible).map((runner) => runner.route.tier));
  }

  function reselect(cause: string, signal: string): void {
    if (isStopped) return;
    const tier = selectTier({ serving: serving(), pin: ladder().pin?.tier, isEgressSuspected: isEgressSuspected() });
    if (tier !== ladder().tier) actor.send({ type: 'tier.selected', tier, cause, signal });
  }

  function isEgressSuspected(): boolean {
    return ladder().egressSince !== undefined;
  }

  function tellEgress(isSuspected: boolean): void {
    const detail = 'No provider can be reached from this server. Its own network, DNS, proxy or firewall is the likely cause.';
    if (isSuspected) emit({ type: 'alert', code: 'egress', detail });
    for (const runner of routes) runner.send({ type: isSuspected ? 'egress.suspected' : 'egress.cleared' });
    reselect(isSuspected ? detail : 'A provider can be reached from this server again', 'egress');
  }

  /** The routes of one credential share one re-check. */
  function askProbe(runner: RouteRunner, kind: ProbeKind): void {
    if (kind === 'recheck' && runner.latch() === 'credential') {
      const { credentialId } = runner.route;
      const lastAtMs = recheckedAtMs.get(credentialId);
      if (lastAtMs !== undefined && clock.monotonicMs() - lastAtMs < policy.credentialRecheckMs) return;
      recheckedAtMs.set(credentialId, clock.monotonicMs());
    }
    emit({ type: 'probe.due', routeId: runner.route.id, kind });
  }

  function routeSnapshot(runner: RouteRunner): ReturnType<typeof tierSnapshotOf>['routes'][number] {
    const { until, share } = saturations.view(runner.route);
    return { ...runner.snapshot(), isDrill: drills.has(runner.route.id), saturatedUntil: until, saturationShare: share };
  }

  return {
    policy,
    clock,
    routes,
    saturations,
    emit,
    isEgressSuspected,
    route: (routeId) => routes.find((runner) => runner.route.id === routeId),
    pinned: () => ladder().pin,
    isStopped: () => isStopped,
    setEgress(isSuspected) {
      if (isSuspected !== isEgressSuspected()) actor.send({ type: isSuspected ? 'egress.suspected' : 'egress.cleared' });
    },
    suspect(tier, reason) {
      if (isStopped || !isModelTier(tier)) return;
      for (const runner of routes.filter((candidate) => candidate.route.tier === tier)) {
        runner.send(reason === undefined ? { type: 'status.cleared' } : { type: 'status.suspected', reason });
      }
    },
    recheck(routeId) {
      const runner = routes.find((candidate) => candidate.route.id === routeId);
      if (isStopped || runner === undefined) return;
      recheckedAtMs.delete(runner.route.credentialId);
      runner.send({ type: 'recheck.asked' });
    },
    snapshot() {
      const { tier, since, cause, pin, egressSince } = ladder();
      const views = routes.map(routeSnapshot);
      const tiers = TIERS.map((id) => tierSnapshotOf(id, views, pin));
      return { tier, since, cause, tiers, pin, egressSuspectedSince: egressSince };
    },
    on(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    pin(request) {
      if (isStopped) return;
      const lastsMs = request.until - clock.now();
      if (!(lastsMs > 0 && lastsMs <= policy.pinCeilingMs)) {
        const most = durationWords(policy.pinCeilingMs);
        throw new StepdownError('pin-without-end', 'A pin must end in the future.', `Choose an end at most ${most} from now.`);
      }
      actor.send({ type: 'pin.set', pin: { ...request, at: clock.now() } });
    },
    release(by) {
      releasedBy = by;
      if (!isStopped) actor.send({ type: 'pin.released' });
      releasedBy = undefined;
    },
    setDrill(routeIds, isOn) {
      for (const routeId of routeIds) {
        if (isOn) drills.add(routeId);
        else drills.delete(routeId);
      }
    },
    serialize() {
      const { tier, since, cause, pin } = ladder();
      const savedAt = clock.now();
      return {
        version: 1,
        savedAt,
        tier,
        since,
        cause,
        pin,
        routes: routes.map((runner) => runner.memory()),
        saturations: saturations.memory(),
      };
    },
    stop() {
      isStopped = true;
      for (const runner of routes) runner.stop();
      saturations.stop();
      actor.stop();
      listeners.clear();
    },
  };
}
