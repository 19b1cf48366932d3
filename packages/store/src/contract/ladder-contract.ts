import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { NOW, nextId } from '../testing/records.ts';

/** What the ladder, the status page and the operators need to remember. */
export function ladderContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST26] lists tier changes newest first, and the one a period began with', async () => {
    const { tierChanges } = house.store;
    const change = {
      from: 'claude',
      to: 'gpt',
      cause: 'Claude timed out',
      signal: undefined,
      affectedConversations: 2,
      isDrill: false,
    } as const;
    const ids = [nextId('evt'), nextId('evt'), nextId('evt')];
    for (const [index, id] of ids.entries()) await tierChanges.add({ ...change, id, at: NOW + index, isDrill: index === 2 });
    expect((await tierChanges.list({ since: NOW + 1, limit: 10 })).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(await tierChanges.list({ since: 0, limit: 1 })).toEqual([{ ...change, id: ids[2], at: NOW + 2, isDrill: true }]);
    expect(await tierChanges.lastBefore(NOW + 1)).toMatchObject({ id: ids[0] });
    expect(await tierChanges.lastBefore(NOW)).toBeUndefined();
  });

  it('[ST26] keeps one ladder snapshot and one pin that expires', async () => {
    const { ladderState, pins } = house.store;
    expect(await ladderState.load()).toBeUndefined();
    await ladderState.save('{"a":1}', NOW);
    await ladderState.save('{"a":2}', NOW + 1);
    expect(await ladderState.load()).toEqual({ json: '{"a":2}', at: NOW + 1 });
    const pin = { tier: 'faq', reason: 'maintenance', setBy: 'agt_1', setAt: NOW, expiresAt: NOW + 10 } as const;
    await pins.set(pin);
    await pins.set({ ...pin, tier: 'gpt' });
    expect(await pins.current(NOW + 9)).toEqual({ ...pin, tier: 'gpt' });
    expect(await pins.current(NOW + 10)).toBeUndefined();
    expect([await pins.clear(), await pins.clear()]).toEqual([true, false]);
  });

  it('[ST27] adds health buckets of several processes up', async () => {
    const bucket = { routeId: 'claude:m', minute: NOW, samples: 10, failures: 1, firstTextP50Ms: undefined, firstTextP95Ms: 900.4 };
    const other = { routeId: 'gpt:m', minute: NOW, samples: 1, failures: 0, firstTextP50Ms: 300, firstTextP95Ms: 300 };
    await Promise.all([
      house.store.healthBuckets.add([bucket, other]),
      house.neighbour.healthBuckets.add([other, { ...bucket, firstTextP50Ms: 400, firstTextP95Ms: 700 }]),
      house.store.healthBuckets.add([]),
    ]);
    await house.store.healthBuckets.add([{ ...bucket, minute: NOW + 60_000 }]);
    expect(await house.store.healthBuckets.list({ routeId: 'claude:m', since: NOW })).toEqual([
      { ...bucket, samples: 20, failures: 2, firstTextP50Ms: 400, firstTextP95Ms: 900 },
      { ...bucket, minute: NOW + 60_000, firstTextP95Ms: 900 },
    ]);
    expect(await house.store.healthBuckets.list({ since: NOW + 60_000 })).toHaveLength(1);
  });

  it('[ST28] opens one incident per outage, drills apart', async () => {
    const { incidents } = house.store;
    const incident = {
      id: nextId('inc'),
      state: 'investigating',
      title: 'Slow answers',
      cause: 'timeouts',
      startedAt: NOW,
      isDrill: false,
    } as const;
    const opened = await Promise.all([
      house.store.incidents.open(incident),
      house.neighbour.incidents.open({ ...incident, id: nextId('inc') }),
      house.store.incidents.open({ ...incident, id: nextId('inc'), isDrill: true }),
    ]);
    expect(opened.map(({ isNew }) => isNew).filter(Boolean)).toHaveLength(2);
    const current = await incidents.current();
    expect(opened[0].incident).toEqual(current);
    expect(await incidents.update(current?.id ?? '', { state: 'identified', cause: 'Claude is down' }, NOW + 5)).toMatchObject({
      state: 'identified',
      cause: 'Claude is down',
      title: 'Slow answers',
      resolvedAt: undefined,
    });
    expect(await incidents.update(current?.id ?? '', { state: 'resolved' }, NOW + 9)).toMatchObject({
      resolvedAt: NOW + 9,
      updatedAt: NOW + 9,
    });
    expect(await incidents.update(current?.id ?? '', { title: 'Late' }, NOW + 10)).toBeUndefined();
    expect(await incidents.current()).toBeUndefined();
    expect(await incidents.current({ isDrill: true })).toBeDefined();
    expect(await incidents.open({ ...incident, id: nextId('inc'), startedAt: NOW + 20 })).toMatchObject({ isNew: true });
    expect(await incidents.list({ since: NOW + 10, limit: 10 })).toHaveLength(2);
    expect(await incidents.list({ since: 0, limit: 10 })).toHaveLength(3);
  });

  it('[ST29] rings once per code and route until the cause is gone', async () => {
    const { alerts } = house.store;
    const alert = { code: 'route-open', routeId: 'gpt:m', detail: 'timeouts', severity: 'critical', createdAt: NOW } as const;
    const raised = await Promise.all(
      [house.store, house.neighbour, house.store].map((store) => store.alerts.raise({ ...alert, id: nextId('evt') })),
    );
    expect(raised.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await alerts.raise({ id: nextId('evt'), code: 'route-open', detail: '', severity: 'info', createdAt: NOW })).isNew).toBe(true);
    const id = raised[0]?.alert.id ?? '';
    expect(await alerts.acknowledge(id, 'agt_1', NOW + 1)).toMatchObject({ acknowledgedBy: 'agt_1', acknowledgedAt: NOW + 1 });
    expect(await alerts.acknowledge(id, 'agt_2', NOW + 2)).toMatchObject({ acknowledgedBy: 'agt_1', acknowledgedAt: NOW + 1 });
    expect((await alerts.raise({ ...alert, id: nextId('evt') })).isNew).toBe(false);
    expect(await alerts.listOpen()).toHaveLength(2);
    expect(await alerts.resolve('route-open', 'gpt:m', NOW + 3)).toMatchObject({ id, resolvedAt: NOW + 3 });
    expect(await alerts.resolve('route-open', 'gpt:m', NOW + 4)).toBeUndefined();
    expect(await alerts.acknowledge(id, 'agt_1', NOW + 5)).toBeUndefined();
    expect((await alerts.raise({ ...alert, id: nextId('evt'), createdAt: NOW + 6 })).isNew).toBe(true);
    expect(await alerts.list({ since: NOW + 6, limit: 5 })).toHaveLength(1);
    expect((await alerts.listOpen()).map(({ routeId }) => routeId)).toEqual(['gpt:m', undefined]);
  });
}
