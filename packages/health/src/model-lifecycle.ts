import { type Clock, type Log, messageOf, type Random, type RouteId } from '@stepdown/kernel';

export interface WatchedModel {
  readonly routeId: RouteId;
  readonly model: string;
}

/** `retiresAt` in epoch ms, where the provider names a date. */
export type ModelStanding = { readonly kind: 'known'; readonly retiresAt?: number } | { readonly kind: 'missing' };

export interface ModelWarning {
  readonly routeId: RouteId;
  readonly model: string;
  readonly kind: 'retires-soon' | 'retired' | 'missing';
  readonly retiresAt: number | undefined;
  /** In words for an operator. */
  readonly detail: string;
}

export interface ModelLifecycleOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly models: readonly WatchedModel[];
  /** Asks the provider about a model (`models.retrieve`); rejects when it can't be asked. */
  readonly check: (model: WatchedModel, signal: AbortSignal) => Promise<ModelStanding>;
  /** Called once per model and kind of trouble, again when the date changes. */
  readonly warn: (warning: ModelWarning) => void;
  readonly log: Log;
  /** Default 6 h, ± 20 %. */
  readonly everyMs?: number;
  /** Default 30 days. */
  readonly soonMs?: number;
}

export interface ModelLifecycle {
  /** What is known to be wrong now. */
  warnings(): readonly ModelWarning[];
  stop(): void;
}

const DAY_MS = 86_400_000;
const JITTER_RATIO = 0.2;

/** What an operator must know about a model, if anything. */
export function warningFor(
  watched: WatchedModel,
  standing: ModelStanding,
  times: { nowEpochMs: number; soonMs: number },
): ModelWarning | undefined {
  if (standing.kind === 'missing') {
    return {
      ...watched,
      kind: 'missing',
      retiresAt: undefined,
      detail: `${watched.model} is unknown to the provider. Choose another model.`,
    };
  }
  const { retiresAt } = standing;
  if (retiresAt === undefined || retiresAt - times.nowEpochMs > times.soonMs) return undefined;
  const day = new Date(retiresAt).toISOString().slice(0, 10);
  if (retiresAt <= times.nowEpochMs) return { ...watched, kind: 'retired', retiresAt, detail: `${watched.model} was retired on ${day}.` };
  const days = Math.ceil((retiresAt - times.nowEpochMs) / DAY_MS);
  return {
    ...watched,
    kind: 'retires-soon',
    retiresAt,
    detail: `${watched.model} retires in ${days} days, on ${day}. Choose another model.`,
  };
}

/** Asks about every model at the start and every few hours, one after another, and warns 30 days ahead. */
export function startModelLifecycle(options: ModelLifecycleOptions): ModelLifecycle {
  const { clock, everyMs = 6 * 3_600_000, soonMs = 30 * DAY_MS } = options;
  const current = new Map<RouteId, ModelWarning>();
  const controller = new AbortController();
  let timer: unknown;

  function take(watched: WatchedModel, standing: ModelStanding): void {
    const warning = warningFor(watched, standing, { nowEpochMs: clock.now(), soonMs });
    const before = current.get(watched.routeId);
    if (warning === undefined) current.delete(watched.routeId);
    else current.set(watched.routeId, warning);
    const isNews = warning?.kind !== before?.kind || warning?.retiresAt !== before?.retiresAt;
    if (warning !== undefined && isNews) options.warn(warning);
  }

  async function checkAll(): Promise<void> {
    for (const watched of options.models) {
      if (controller.signal.aborted) return;
      try {
        const standing = await options.check(watched, controller.signal);
        if (!controller.signal.aborted) take(watched, standing);
      } catch (cause) {
        options.log.debug({ routeId: watched.routeId, error: messageOf(cause) }, 'A model could not be checked.');
      }
    }
  }

  function plan(): void {
    if (controller.signal.aborted) return;
    const waitMs = everyMs * (1 + JITTER_RATIO * (2 * options.random() - 1));
    timer = clock.setTimeout(() => void checkAll().finally(plan), waitMs);
  }

  void checkAll().finally(plan);
  return {
    warnings: () => [...current.values()],
    stop() {
      controller.abort();
      clock.clearTimeout(timer);
    },
  };
}
