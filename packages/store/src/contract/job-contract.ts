import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { NOW, nextId } from '../testing/records.ts';
import type { NewJob } from '../types.ts';

const DAY_MS = 86_400_000;

/** The durable queue. */
export function jobContract(build: BuildHouse): void {
  let house: House;
  let kind = '';
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  function newJob(fields: Partial<NewJob> = {}): NewJob {
    return { id: nextId('job'), kind, dedupeKey: nextId('key'), payload: '{}', runAt: NOW, createdAt: NOW, ...fields };
  }
  const claim = (owner: string, now = NOW, limit = 10, store = house.store) =>
    store.jobs.claim({ kinds: [kind], owner, now, leaseUntil: now + 1_000, limit });

  it('[ST18] queues a key once, also when it is done, and again after it was cancelled', async () => {
    kind = nextId('kind');
    const dedupeKey = nextId('key');
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? house.store : house.neighbour).jobs.enqueue(newJob({ dedupeKey }))),
    );
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(results.map(({ job }) => job.id)).size).toBe(1);
    const [job] = await claim('a');
    expect(await house.store.jobs.complete(job?.id ?? '', 'a', NOW)).toBe(true);
    expect(await house.store.jobs.enqueue(newJob({ dedupeKey }))).toMatchObject({ isNew: false, job: { state: 'done', endedAt: NOW } });
    expect(await house.store.jobs.cancelByDedupeKey(dedupeKey, NOW)).toBe(false);

    const other = newJob();
    await house.store.jobs.enqueue(other);
    expect(await house.store.jobs.cancelByDedupeKey(other.dedupeKey, NOW)).toBe(true);
    expect(await house.store.jobs.byDedupeKey(other.dedupeKey)).toBeUndefined();
    expect(await house.store.jobs.enqueue({ ...other, id: nextId('job') })).toMatchObject({ isNew: true });
  });

  it('[ST19] gives each due job to one claimer, earliest first', async () => {
    kind = nextId('kind');
    for (let index = 0; index < 20; index += 1) await house.store.jobs.enqueue(newJob({ runAt: NOW - index }));
    await house.store.jobs.enqueue(newJob({ runAt: NOW + 1 }));
    await house.store.jobs.enqueue(newJob({ kind: 'another' }));
    const rounds = await Promise.all([claim('a', NOW, 8), claim('b', NOW, 8, house.neighbour), claim('c', NOW, 8)]);
    const taken = rounds.flat();
    taken.push(...(await claim('d')));
    expect(taken).toHaveLength(20);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(20);
    for (const jobs of rounds) expect(jobs.map(({ runAt }) => runAt)).toEqual(jobs.map(({ runAt }) => runAt).sort());
    expect(taken.every(({ attempts, state }) => attempts === 1 && state === 'running')).toBe(true);
    expect(await house.store.jobs.claim({ kinds: [], owner: 'a', now: NOW, leaseUntil: NOW, limit: 5 })).toEqual([]);
  });

  it('[ST19] keeps to the limit, lost jobs first', async () => {
    kind = nextId('kind');
    for (let index = 0; index < 4; index += 1) await house.store.jobs.enqueue(newJob());
    const lost = await claim('dead', NOW, 2);
    const taken = await claim('b', NOW + 1_001, 3);
    expect(taken).toHaveLength(3);
    expect(taken.map(({ id }) => id)).toEqual(expect.arrayContaining(lost.map(({ id }) => id)));
  });

  it('[ST20] a job whose owner died goes to the next, and the first owner can no longer end it', async () => {
    kind = nextId('kind');
    await house.store.jobs.enqueue(newJob());
    const [first] = await claim('a');
    const id = first?.id ?? '';
    expect(await house.store.jobs.renew(id, 'a', NOW + 2_000)).toBe(true);
    expect(await claim('b', NOW + 2_000)).toEqual([]);
    expect(await claim('b', NOW + 2_001)).toMatchObject([{ id, attempts: 2, leaseOwner: 'b' }]);
    expect(await house.store.jobs.renew(id, 'a', NOW + 9_000)).toBe(false);
    expect(await house.store.jobs.complete(id, 'a', NOW)).toBe(false);
    expect(await house.store.jobs.fail(id, 'a', { error: 'late', at: NOW })).toBe(false);
    expect(await house.store.jobs.complete(id, 'b', NOW)).toBe(true);
  });

  it('[ST20] a failed job waits for its retry, or is dead', async () => {
    kind = nextId('kind');
    await house.store.jobs.enqueue(newJob());
    const [job] = await claim('a');
    const id = job?.id ?? '';
    expect(await house.store.jobs.fail(id, 'a', { error: 'no mail server', at: NOW, retryAt: NOW + 500 })).toBe(true);
    expect(await claim('a', NOW + 499)).toEqual([]);
    expect(await claim('a', NOW + 500)).toMatchObject([{ attempts: 2, lastError: 'no mail server' }]);
    expect(await house.store.jobs.fail(id, 'a', { error: 'gave up', at: NOW + 600 })).toBe(true);
    expect(await claim('a', NOW + 99_000)).toEqual([]);
    expect(await house.store.jobs.list({ kind, state: 'dead', limit: 5 })).toMatchObject([
      { id, lastError: 'gave up', endedAt: NOW + 600 },
    ]);
  });

  it('[ST20] a running job can be cancelled, and its owner learns it at the end', async () => {
    kind = nextId('kind');
    const job = newJob();
    await house.store.jobs.enqueue(job);
    await claim('a');
    expect(await house.store.jobs.cancelByDedupeKey(job.dedupeKey, NOW)).toBe(true);
    expect(await house.store.jobs.complete(job.id, 'a', NOW)).toBe(false);
  });

  it('[ST25] prune removes what has served its time and nothing else', async () => {
    kind = nextId('kind');
    const [old, fresh] = [newJob(), newJob({ runAt: NOW + 1 })];
    for (const job of [old, fresh]) await house.store.jobs.enqueue(job);
    await claim('a');
    await house.store.jobs.complete(old.id, 'a', NOW);
    await house.store.healthBuckets.add([
      { routeId: 'r', minute: NOW, samples: 1, failures: 0, firstTextP50Ms: undefined, firstTextP95Ms: undefined },
    ]);
    await house.store.prune(NOW + 30 * DAY_MS);
    expect(await house.store.jobs.list({ kind, limit: 5 })).toHaveLength(2);
    expect(await house.store.healthBuckets.list({ since: 0 })).toHaveLength(1);
    await house.store.prune(NOW + 92 * DAY_MS);
    expect(await house.store.jobs.list({ kind, limit: 5 })).toMatchObject([{ id: fresh.id }]);
    expect(await house.store.healthBuckets.list({ since: 0 })).toEqual([]);
  });
}
