import type { TierId } from '@stepdown/kernel';
import type { RouteMemory } from './route-context.ts';
import type { SaturationMemory } from './saturation-machine.ts';
import type { Pin } from './types.ts';

/** Versioned plain JSON; `createLadder({ restored })` takes back whatever `serialize` gave, from any version. */
export interface SerializedLadder {
  readonly version: 1;
  /** Epoch ms. */
  readonly savedAt: number;
  readonly tier: TierId;
  readonly since: number;
  readonly cause: string;
  readonly pin: Pin | undefined;
  readonly routes: readonly RouteMemory[];
  readonly saturations: readonly SaturationMemory[];
}

/** True for what `serialize` of this version wrote; it comes from our own store, so its inside is trusted. */
function isSerializedLadder(value: unknown): value is SerializedLadder {
  if (typeof value !== 'object' || value === null) return false;
  if (!('version' in value) || value.version !== 1) return false;
  if (!('savedAt' in value) || typeof value.savedAt !== 'number') return false;
  return 'routes' in value && Array.isArray(value.routes) && 'saturations' in value && Array.isArray(value.saturations);
}

/**
 * Memory as of `nowEpochMs`: waits have run on while no process was there. Wall time that went backwards counts as
 * no time at all, so a wait can only get longer, never be skipped. Undefined for anything unreadable.
 */
export function readMemory(restored: unknown, nowEpochMs: number): SerializedLadder | undefined {
  if (!isSerializedLadder(restored)) return undefined;
  const awayMs = Math.max(0, nowEpochMs - restored.savedAt);
  return {
    ...restored,
    pin: restored.pin !== undefined && restored.pin.until > nowEpochMs ? restored.pin : undefined,
    routes: restored.routes.map((memory) => routeAfter(memory, awayMs)),
    saturations: restored.saturations.map((memory) => saturationAfter(memory, awayMs)),
  };
}

function saturationAfter(memory: SaturationMemory, awayMs: number): SaturationMemory {
  const left = (waitMs: number): number => Math.max(0, waitMs - awayMs);
  return { ...memory, blockedInMs: left(memory.blockedInMs), stepEndsInMs: left(memory.stepEndsInMs) };
}

function routeAfter(memory: RouteMemory, awayMs: number): RouteMemory {
  const left = (waitMs: number): number => Math.max(0, waitMs - awayMs);
  return {
    ...memory,
    openAgesMs: memory.openAgesMs.map((ageMs) => ageMs + awayMs),
    outageAgeMs: memory.outageAgeMs + awayMs,
    nextProbeInMs: left(memory.nextProbeInMs),
    notBeforeInMs: left(memory.notBeforeInMs),
    stageEndsInMs: left(memory.stageEndsInMs),
    confirmInMs: left(memory.confirmInMs),
    verdictAgeMs: memory.verdictAgeMs < 0 ? -1 : memory.verdictAgeMs + awayMs,
  };
}
