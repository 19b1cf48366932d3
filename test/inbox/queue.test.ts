import type { InboxConversation, QueueView, TeamMember } from '@stepdown/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse, type WaitingVisitor } from './support/inbox-house.ts';

interface Queued {
  readonly state: string;
  readonly position?: number;
  readonly online?: boolean;
  readonly waitMs?: number;
  readonly answersAt?: number;
}

const PATIENT = { timeout: 10_000 } as const;

/** What the visitor was told last about waiting. */
function lastTold({ visitor }: WaitingVisitor): Queued | undefined {
  return visitor.events.findLast(({ name }) => name === 'handoff:changed')?.payload as Queued | undefined;
}

describe('waiting', () => {
  let house: InboxHouse;
  beforeAll(async () => {
    house = await openInboxHouse();
  });
  afterAll(() => house.stop());

  it('[P21] tells every place when the queue moves, and says that nobody is online', async () => {
    const line = [await house.waiting(), await house.waiting(), await house.waiting()];
    await expect.poll(() => line.map((each) => lastTold(each)?.position), PATIENT).toEqual([1, 2, 3]);
    expect(line.map((each) => lastTold(each)?.online)).toEqual([false, false, false]);
    const mara = await house.agent('Mara Lind');
    await expect.poll(() => line.map((each) => lastTold(each)?.online), PATIENT).toEqual([true, true, true]);
    await mara.send('conversation:take', { conversationId: line[0]?.conversationId });
    await expect.poll(() => line.slice(1).map((each) => lastTold(each)?.position), PATIENT).toEqual([1, 2]);
    await mara.send('agent:status', { isAway: true });
    await expect.poll(() => line.slice(1).map((each) => lastTold(each)?.online), PATIENT).toEqual([false, false]);
    mara.socket.close();
  });

  it('[P21] estimates the wait once enough people were picked up, and not without an agent', async () => {
    const mara = await house.agent('Mara Quick');
    const { conversations } = await house.inbox('view=queue');
    for (const { id } of conversations) await mara.send('conversation:take', { conversationId: id });
    const next = await house.waiting();
    await expect.poll(() => lastTold(next)?.waitMs, PATIENT).toBe(60_000);
    const view = await house.get<QueueView>('/api/agent/queue');
    expect(view).toMatchObject({ waiting: 1, online: 1, isOpen: null, opensAt: null, assignment: 'manual' });
    expect(view.usualWaitMs).toBeGreaterThan(0);
    mara.socket.close();
    await expect.poll(() => lastTold(next)?.online, PATIENT).toBe(false);
    expect(lastTold(next)?.waitMs).toBeUndefined();
  });

  it('filters the queue by how long somebody has waited', async () => {
    const { conversationId } = await house.waiting();
    await house.waiting();
    await expect
      .poll(async () => (await house.inbox('view=queue&waitedMs=1000')).conversations.map(({ id }) => id), PATIENT)
      .toContain(conversationId);
    expect((await house.inbox('view=queue&waitedMs=3600000')).conversations).toEqual([]);
  });

  it('refuses a filter it does not know, naming the field', async () => {
    const response = await house.request('GET', '/api/agent/inbox?verified=perhaps');
    expect([response.status, (await response.json()).error.message]).toEqual([400, expect.stringContaining('verified')]);
  });
});

describe('outside business hours', () => {
  it('[P21] says when people start to answer', async () => {
    // Closed whatever the day of the test: the only open day is the one after tomorrow.
    const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
    const opening = new Date();
    opening.setUTCDate(opening.getUTCDate() + 2);
    opening.setUTCHours(9, 0, 0, 0);
    const weekly = { [weekdays[opening.getUTCDay()] ?? '']: ['09:00-17:00'] };
    const house = await openInboxHouse({ config: { businessHours: { timeZone: 'UTC', weekly } } });
    try {
      const waiting = await house.waiting();
      await expect.poll(() => lastTold(waiting), PATIENT).toMatchObject({ position: 1, online: false, answersAt: opening.getTime() });
      expect(await house.get<QueueView>('/api/agent/queue')).toMatchObject({ isOpen: false, opensAt: opening.getTime() });
    } finally {
      await house.stop();
    }
  });
});

describe('assignment', () => {
  let house: InboxHouse;
  const consoles: Console[] = [];
  beforeAll(async () => {
    house = await openInboxHouse({ config: { handoff: { assignment: 'round-robin', capacity: 2 } } });
  });
  afterEach(() => {
    for (const each of consoles.splice(0)) each.socket.close();
  });
  afterAll(() => house.stop());

  async function agentsOf(conversations: readonly WaitingVisitor[]): Promise<readonly (string | null)[]> {
    const { conversations: all } = await house.inbox('view=all&limit=200');
    return conversations.map(({ conversationId }) => all.find(({ id }) => id === conversationId)?.agentName ?? null);
  }

  it('goes round, stops at capacity, passes over who is away, and goes on when somebody has room', async () => {
    const mara = await house.agent('Mara Lind');
    const ben = await house.agent('Ben Adler');
    const away = await house.agent('Ida Away');
    const viewer = await house.agent('Vera Viewer', 'viewer');
    consoles.push(mara, ben, away, viewer);
    await away.send('agent:status', { isAway: true });
    const line: WaitingVisitor[] = [];
    for (let index = 0; index < 5; index += 1) {
      line.push(await house.waiting());
      if (index < 4) await expect.poll(async () => (await agentsOf(line)).at(-1), PATIENT).not.toBeNull();
    }
    const given = await agentsOf(line);
    expect(given.slice(0, 4).toSorted()).toEqual(['Ben Adler', 'Ben Adler', 'Mara Lind', 'Mara Lind']);
    expect(given[0]).not.toBe(given[1]);
    await expect.poll(() => lastTold(line[4] as WaitingVisitor)?.position, PATIENT).toBe(1);
    const { team } = await house.get<{ team: TeamMember[] }>('/api/agent/team');
    expect(team.find(({ name }) => name === 'Ida Away')).toMatchObject({ isOnline: true, isAway: true, openCount: 0, capacity: 2 });
    const done = line.find((_, index) => given[index] === 'Mara Lind');
    await mara.send('conversation:resolve', { conversationId: done?.conversationId });
    await expect.poll(async () => (await agentsOf(line)).at(-1), PATIENT).toBe('Mara Lind');
  });

  it('respects the number an agent has been given', async () => {
    const response = await house.request('POST', '/api/agent/agents/agt_none', { body: { capacity: 1 } });
    expect(response.status).toBe(404);
    const ada = await house.agent('Ada One');
    consoles.push(ada);
    await house.request('POST', `/api/agent/agents/${ada.id}`, { body: { capacity: 1 } });
    const line = [await house.waiting(), await house.waiting()];
    await expect.poll(async () => (await agentsOf(line))[0], PATIENT).toBe('Ada One');
    const { team } = await house.get<{ team: TeamMember[] }>('/api/agent/team');
    expect(team.find(({ id }) => id === ada.id)).toMatchObject({ capacity: 1, openCount: 1 });
    expect((await agentsOf(line))[1]).toBeNull();
  });
});

describe('snoozing', () => {
  let house: InboxHouse;
  let mara: Console;
  beforeAll(async () => {
    house = await openInboxHouse();
    mara = await house.agent('Mara Lind');
  });
  afterAll(() => house.stop());

  it('[P24] comes back by itself, to the agent who has it', async () => {
    const { conversationId } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    const until = Date.now() + 1_500;
    expect(await mara.send('conversation:snooze', { conversationId, until })).toMatchObject({
      conversation: { state: 'snoozed', snoozedUntil: until, waitingSince: null },
    });
    const back = await mara.until<{ conversation: InboxConversation }>(
      'conversation:changed',
      ({ conversation }) => conversation.id === conversationId && conversation.state === 'open' && conversation.waitingSince !== null,
    );
    expect(back.conversation).toMatchObject({ agentId: mara.id, snoozedUntil: null });
    expect(back.conversation.waitingSince).toBeGreaterThanOrEqual(until);
  });

  it('[P24] comes back with a word of the visitor, who is not answered by the assistant', async () => {
    const { conversationId, visitor } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    await mara.send('conversation:snooze', { conversationId, until: Date.now() + 3_600_000 });
    const before = [...visitor.messages.values()].filter(({ author }) => author === 'assistant').length;
    await visitor.send('message:send', { conversationId, clientMessageId: 'again', text: 'Are you there?', locale: 'en' });
    const { conversation } = await mara.send('conversation:open', { conversationId });
    expect(conversation).toMatchObject({ state: 'open', agentId: mara.id, snoozedUntil: null });
    expect(conversation?.waitingSince).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([...visitor.messages.values()].filter(({ author }) => author === 'assistant')).toHaveLength(before);
  });

  it('refuses the past', async () => {
    const { conversationId } = await house.waiting();
    expect(await mara.send('conversation:snooze', { conversationId, until: 5 })).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });
});
