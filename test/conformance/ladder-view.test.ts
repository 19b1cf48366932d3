import type { LadderHistory, LadderView } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse } from '../inbox/support/inbox-house.ts';

const drill = { target: 'claude', fault: 'overloaded', share: 1, forMs: 60_000, reason: 'weekly drill' } as const;

let house: InboxHouse;
let mara: Console;
let ben: Console;

beforeAll(async () => {
  house = await openInboxHouse({ tiers: ['claude'] });
  [mara, ben] = await Promise.all([house.agent('Mara Lind', 'admin'), house.agent('Ben Adler', 'viewer')]);
});
afterAll(() => house.stop());

describe('what the console is told of the ladder', () => {
  it('has a minute for each minute asked for, with what its customers met', async () => {
    const { visitor } = await house.asking();
    await visitor.completed();
    const { minutes, routes } = await house.get<LadderHistory>('/api/agent/ladder/history?minutes=5', ben.access);
    expect(minutes).toBe(5);
    expect(new Set(routes.map(({ id, buckets }) => `${id.split(':')[0]} ${buckets.length}`))).toEqual(new Set(['claude 5']));
    const seen = routes.flatMap(({ buckets }) => buckets).filter(({ samples }) => samples > 0);
    expect(seen.length).toBeGreaterThan(0);
    for (const { ttftP50Ms, ttftP95Ms, failures } of seen) {
      expect(ttftP50Ms).toBeGreaterThan(0);
      expect(ttftP95Ms).toBeGreaterThanOrEqual(ttftP50Ms ?? Number.POSITIVE_INFINITY);
      expect(failures).toBe(0);
    }
  });

  it.each(['/api/agent/ladder/history?minutes=0', '/api/agent/ladder/history?minutes=1441', '/api/agent/ladder?days=91'])(
    'refuses a range that is not kept: %s',
    async (route) => {
      expect((await house.request('GET', route)).status).toBe(400);
    },
  );

  it('tells every console of a drill within a second, and keeps it and the change it caused', async () => {
    expect(await ben.send('drill:start', drill)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const startedAt = performance.now();
    expect(await mara.send('drill:start', drill)).toMatchObject({ ok: true });
    const told = await ben.until<{ ladder: LadderView }>('ladder:changed', ({ ladder }) => ladder.drill != null);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(told.ladder.drill).toMatchObject({ ...drill, startedBy: 'Mara Lind', endedAt: null });
    expect(told.ladder.tiers.find(({ id }) => id === 'claude')?.state).toBe('drill');
    await mara.send('drill:stop', {});
    const after = await ben.until<{ ladder: LadderView }>('ladder:changed', ({ ladder }) => (ladder.lastDrills ?? []).length > 0);
    expect(after.ladder).toMatchObject({ drill: null, lastDrills: [{ reason: 'weekly drill', endedBy: 'Mara Lind' }] });
    const { entries } = await house.get<{ entries: readonly { action: string }[] }>('/api/agent/audit');
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['drill.started', 'drill.stopped']));
    expect((await house.get<LadderView>('/api/agent/ladder?days=90')).changes).toBeInstanceOf(Array);
  });
});
