import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIds, silentLog } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import type { LadderEvent, RouteSnapshot, TierChange } from '@stepdown/ladder';
import { openStore, type Store } from '@stepdown/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordLadderEvent } from './ladder-record.ts';

const clock = createManualClock();
let dataDir: string;
let store: Store;
let isDrill = false;

beforeEach(async () => {
  isDrill = false;
  dataDir = mkdtempSync(path.join(tmpdir(), 'stepdown-record-'));
  store = await openStore({ dataDir, clock, log: silentLog });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function record(event: LadderEvent): Promise<void> {
  clock.advance(1_000);
  const newId = createIds({ clock, random: seededRandom(clock.now()) });
  return recordLadderEvent({ store, clock, newId, affectedConversations: () => 3, topTier: 'claude', isDrill: () => isDrill }, event);
}

const moved = (from: TierChange['from'], to: TierChange['to']): LadderEvent => ({
  type: 'tier.changed',
  change: { from, to, cause: 'test', signal: 'claude:m overloaded', at: clock.now() },
});

describe('what is kept of the ladder', () => {
  it('is one incident per outage, watched on the way up and resolved at the top', async () => {
    await record(moved('claude', 'gpt'));
    await record(moved('gpt', 'faq'));
    expect(await store.incidents.current()).toMatchObject({
      state: 'investigating',
      title: expect.stringContaining('written by our team'),
    });
    await record(moved('faq', 'gpt'));
    expect(await store.incidents.current()).toMatchObject({ state: 'monitoring' });
    await record(moved('gpt', 'claude'));
    expect(await store.incidents.current()).toBeUndefined();
    expect(await store.incidents.list({ since: 0, limit: 10 })).toHaveLength(1);
    expect(await store.tierChanges.list({ since: 0, limit: 10 })).toHaveLength(4);
  });

  it('keeps a drill apart from a real outage', async () => {
    isDrill = true;
    await record(moved('claude', 'gpt'));
    expect(await store.incidents.current()).toBeUndefined();
    expect(await store.incidents.current({ isDrill: true })).toMatchObject({ isDrill: true });
  });

  it('closes an alert when its route is healthy again, and rings anew for the next one', async () => {
    const alert: LadderEvent = { type: 'alert', code: 'credential', routeId: 'claude:m', detail: 'the key is rejected (401)' };
    await record(alert);
    await record(alert);
    expect(await store.alerts.listOpen()).toHaveLength(1);
    const route: RouteSnapshot = {
      id: 'claude:m',
      tier: 'claude',
      model: 'm',
      state: 'healthy',
      since: clock.now(),
      cause: 'recovered',
      lastFailure: undefined,
      isSuspicious: false,
      isDrill: false,
      rampShare: 1,
      nextProbeAt: undefined,
      saturatedUntil: undefined,
      saturationShare: 1,
      firstTextP50Ms: undefined,
      firstTextP95Ms: undefined,
      errorRatio: undefined,
      lastSuccessAt: undefined,
      opensInWindow: 0,
    };
    await record({ type: 'route.changed', route, from: 'latched' });
    expect(await store.alerts.listOpen()).toEqual([]);
    await record(alert);
    expect(await store.alerts.listOpen()).toHaveLength(1);
  });
});
