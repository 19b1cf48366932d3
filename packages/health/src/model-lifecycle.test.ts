import { silentLog } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { type ModelStanding, type ModelWarning, startModelLifecycle, warningFor } from './model-lifecycle.ts';

const DAY_MS = 86_400_000;
const watched = { routeId: 'claude:a', model: 'a' };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('model lifecycle', () => {
  it('[H30] warns from 30 days before the end, not earlier', () => {
    const times = { nowEpochMs: 1_750_000_000_000, soonMs: 30 * DAY_MS };
    const at = (inMs: number) => warningFor(watched, { kind: 'known', retiresAt: times.nowEpochMs + inMs }, times)?.kind;
    expect(at(30 * DAY_MS + 1)).toBeUndefined();
    expect(at(30 * DAY_MS)).toBe('retires-soon');
    expect(at(1)).toBe('retires-soon');
    expect(at(0)).toBe('retired');
    expect(warningFor(watched, { kind: 'known' }, times)).toBeUndefined();
    expect(warningFor(watched, { kind: 'missing' }, times)?.kind).toBe('missing');
  });

  it('[H31] checks at the start and every 6 h, says each thing once, forgets what is mended', async () => {
    const clock = createManualClock();
    const warnings: ModelWarning[] = [];
    let standing: ModelStanding | Error = { kind: 'missing' };
    let checks = 0;
    const lifecycle = startModelLifecycle({
      clock,
      random: () => 0.5,
      models: [watched],
      check: async () => {
        checks += 1;
        if (standing instanceof Error) throw standing;
        return standing;
      },
      warn: (warning) => warnings.push(warning),
      log: silentLog,
    });
    await settle();
    clock.advance(6 * 3_600_000);
    await settle();
    expect([checks, warnings.length, lifecycle.warnings().length]).toEqual([2, 1, 1]);
    standing = new Error('offline');
    clock.advance(6 * 3_600_000);
    await settle();
    expect(lifecycle.warnings()).toHaveLength(1);
    standing = { kind: 'known' };
    clock.advance(6 * 3_600_000);
    await settle();
    expect(lifecycle.warnings()).toEqual([]);
    lifecycle.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
