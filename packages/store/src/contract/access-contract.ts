import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { hashOf, NOW, nextId } from '../testing/records.ts';

/** Visitors, agents, sessions, links, sign-in attempts, audit. */
export function accessContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST21] knows a visitor by the hash of the token, and refuses the token itself', async () => {
    const { visitors } = house.store;
    const token = 'oG1kM3yZ0s9cN1r7wq8eX2vB5tL4uJ6hD0fA3pK9iC8';
    await expect(visitors.create({ id: nextId('vis'), tokenHash: token, createdAt: NOW })).rejects.toThrow(TypeError);
    await expect(visitors.create({ id: nextId('vis'), tokenHash: token, createdAt: NOW })).rejects.not.toThrow(token);
    const visitor = await visitors.create({ id: nextId('vis'), tokenHash: hashOf(token), createdAt: NOW });
    expect(await visitors.byTokenHash(hashOf(token))).toEqual(visitor);
    expect(await visitors.byTokenHash(hashOf('other'))).toBeUndefined();
    await expect(visitors.create({ id: nextId('vis'), tokenHash: hashOf(token), createdAt: NOW })).rejects.toThrow();
    await visitors.touch(visitor.id, NOW + 7);
    await visitors.setIdentity(visitor.id, { name: 'Ada', isVerified: true });
    expect(await visitors.get(visitor.id)).toMatchObject({ name: 'Ada', email: undefined, isVerified: true, seenAt: NOW + 7 });
    expect(await visitors.setIdentity('vis_none', { isVerified: false })).toBeUndefined();
  });

  it('[ST22] keeps one agent per e-mail, whatever the case', async () => {
    const { agents } = house.store;
    const before = await agents.count();
    const agent = { id: nextId('agt'), email: 'Ada@Shop.example', name: 'Ada', role: 'admin' as const, createdAt: NOW };
    expect(await agents.create(agent)).toMatchObject({ email: 'ada@shop.example', isDisabled: false });
    expect(await agents.create({ ...agent, id: nextId('agt'), email: 'ADA@shop.example' })).toBeUndefined();
    expect(await agents.count()).toBe(before + 1);
    expect(await agents.byEmail(' aDa@shop.example ')).toMatchObject({ id: agent.id, passwordHash: undefined });
    expect(await agents.byId(agent.id)).not.toHaveProperty('passwordHash');
    expect((await agents.list()).map(({ id }) => id)).toContain(agent.id);
  });

  it('[ST22] never loses the last enabled admin, not even to two at the same time', async () => {
    const { agents } = house.store;
    for (const agent of await agents.list()) await agents.update(agent.id, { name: 'Former' }, NOW);
    const other = { id: nextId('agt'), email: `${nextId('a')}@shop.example`, name: 'Bob', role: 'admin' as const, createdAt: NOW };
    await agents.create(other);
    const admins = (await agents.list()).filter(({ role, isDisabled }) => role === 'admin' && !isDisabled);
    expect(admins).toHaveLength(2);
    const results = await Promise.all(
      admins.map(({ id }, index) => (index === 0 ? house.store : house.neighbour).agents.update(id, { role: 'viewer' }, NOW)),
    );
    expect(results.filter((result) => result === 'last-admin')).toHaveLength(1);
    expect(await agents.update('agt_none', { name: 'X' }, NOW)).toBe('unknown');
  });

  it('[ST23] ends all sessions of an agent with a new password or a disabled account', async () => {
    const { agents, agentSessions } = house.store;
    const agent = { id: nextId('agt'), email: `${nextId('a')}@shop.example`, name: 'Eve', role: 'agent' as const, createdAt: NOW };
    await agents.create(agent);
    const open = async () => {
      const tokenHash = hashOf(nextId('session'));
      await agentSessions.create({
        tokenHash,
        agentId: agent.id,
        csrfHash: hashOf('csrf'),
        createdAt: NOW,
        lastSeenAt: NOW,
        expiresAt: NOW + 100,
      });
      return tokenHash;
    };
    const first = await open();
    expect(await agents.setPasswordHash(agent.id, 'scrypt$1', NOW)).toBe(true);
    expect(await agentSessions.byTokenHash(first)).toBeUndefined();
    expect(await agents.byEmail(agent.email)).toMatchObject({ passwordHash: 'scrypt$1' });
    const second = await open();
    expect(await agents.update(agent.id, { isDisabled: true }, NOW)).toMatchObject({ isDisabled: true });
    expect(await agentSessions.byTokenHash(second)).toBeUndefined();
    const third = await open();
    await agentSessions.touch(third, NOW + 3);
    expect(await agentSessions.byTokenHash(third)).toMatchObject({ agentId: agent.id, lastSeenAt: NOW + 3, csrfHash: hashOf('csrf') });
    await agentSessions.delete(third);
    expect(await agentSessions.byTokenHash(third)).toBeUndefined();
    await Promise.all([open(), open()]);
    expect(await agentSessions.deleteOfAgent(agent.id)).toBe(2);
    expect(await agents.setPasswordHash('agt_none', 'x', NOW)).toBe(false);
    await expect(
      agentSessions.create({ tokenHash: 'raw', agentId: agent.id, createdAt: NOW, lastSeenAt: NOW, expiresAt: NOW }),
    ).rejects.toThrow(TypeError);
    const last = await open();
    await house.store.prune(NOW + 100);
    expect(await agentSessions.byTokenHash(last)).toBeUndefined();
  });

  it('[ST24] a link works once, in time, and only for its kind', async () => {
    const { setUpTokens, invitations } = house.store;
    const tokenHash = hashOf(nextId('link'));
    await setUpTokens.create({ tokenHash, role: 'admin', createdAt: NOW, expiresAt: NOW + 100 });
    expect(await invitations.byTokenHash(tokenHash)).toBeUndefined();
    expect(await invitations.consume(tokenHash, NOW)).toBeUndefined();
    expect(await setUpTokens.pending(NOW)).toMatchObject([{ tokenHash }]);
    const consumed = await Promise.all(
      [house.store, house.neighbour, house.store].map((store) => store.setUpTokens.consume(tokenHash, NOW + 1)),
    );
    expect(consumed.filter((link) => link !== undefined)).toMatchObject([{ role: 'admin', consumedAt: NOW + 1 }]);
    expect(await setUpTokens.pending(NOW)).toEqual([]);

    const late = hashOf(nextId('link'));
    await invitations.create({ tokenHash: late, email: 'New@Shop.example', role: 'editor', createdAt: NOW, expiresAt: NOW + 100 });
    expect(await invitations.consume(late, NOW + 100)).toBeUndefined();
    expect(await invitations.byTokenHash(late)).toMatchObject({ email: 'new@shop.example', consumedAt: undefined });
    expect(await invitations.revokeAll()).toBe(1);
    expect(await invitations.byTokenHash(late)).toBeUndefined();
    expect(await setUpTokens.byTokenHash(tokenHash)).toBeDefined();
  });

  it('[ST24] counts failed sign-ins of a key since a time', async () => {
    const { signInAttempts } = house.store;
    for (const at of [NOW, NOW + 10, NOW + 20]) await signInAttempts.record({ key: 'account:a', at, isOk: false });
    await signInAttempts.record({ key: 'account:a', at: NOW + 20, isOk: true });
    await signInAttempts.record({ key: 'account:b', at: NOW + 20, isOk: false });
    expect(await signInAttempts.countFailuresSince('account:a', NOW + 10)).toBe(2);
    await signInAttempts.clear('account:a');
    expect(await signInAttempts.countFailuresSince('account:a', 0)).toBe(0);
    expect(await signInAttempts.countFailuresSince('account:b', 0)).toBe(1);
  });

  it('[ST1] pages through the audit, newest first', async () => {
    const entry = { at: NOW, actorId: 'agt_1', actorName: 'Ada', action: 'tier.forced', subject: 'faq', detail: '' };
    const ids = [nextId('evt'), nextId('evt'), nextId('evt')];
    for (const id of ids) await house.store.audit.write({ ...entry, id });
    const first = await house.store.audit.list({ limit: 2 });
    expect(first).toEqual([
      { ...entry, id: ids[2] },
      { ...entry, id: ids[1] },
    ]);
    expect(await house.store.audit.list({ before: ids[1], limit: 2 })).toEqual([{ ...entry, id: ids[0] }]);
  });
}
