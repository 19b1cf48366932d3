import type { BulkAnswer, Message } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse, type WaitingVisitor } from './support/inbox-house.ts';

const CROWD = 50;

let house: InboxHouse;
let mara: Console;
let crowd: WaitingVisitor[];

beforeAll(async () => {
  house = await openInboxHouse();
  mara = await house.agent('Mara Lind');
  crowd = [];
  for (let index = 0; index < CROWD; index += 10) {
    crowd.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => house.waiting({ text: 'Nothing works since noon, what is going on?' })))),
    );
  }
});
afterAll(() => house.stop());

const bulk = (clientId: string, conversationIds: readonly string[], action: object): Promise<BulkAnswer> =>
  house.post('/api/agent/inbox/bulk', { clientId, conversationIds, action }, mara.access);

async function agentMessages(conversationId: string): Promise<readonly string[]> {
  const { messages } = await house.get<{ messages: Message[] }>(`/api/agent/conversations/${conversationId}`);
  return messages.filter(({ author }) => author === 'agent').map(({ text }) => text);
}

describe('after an outage', () => {
  it('lists everybody who waits, longest first, as left by the outage', async () => {
    const { conversations, counts } = await house.inbox('view=queue&limit=100');
    expect(counts.queue).toBe(CROWD);
    expect(conversations.map(({ handoff }) => handoff.position)).toEqual(Array.from({ length: CROWD }, (_, index) => index + 1));
    const since = conversations.map(({ waitingSince }) => waitingSince ?? 0);
    expect(since).toEqual(since.toSorted((left, right) => left - right));
    expect(conversations.every(({ isOutage }) => isOutage)).toBe(true);
  });

  it(`answers and closes ${CROWD} waiting customers with one action, each of them once`, async () => {
    const ids = crowd.map(({ conversationId }) => conversationId);
    const action = { kind: 'reply', text: 'We are back. Sorry for the trouble!', after: 'resolve' };
    const startedAt = performance.now();
    const { results } = await bulk('outage-1', ids, action);
    console.log(`bulk: ${CROWD} customers answered and closed in ${Math.round(performance.now() - startedAt)} ms`);
    expect(results).toEqual(ids.map((conversationId) => ({ conversationId, ok: true })));
    await Promise.all(
      crowd.map(({ visitor }) =>
        visitor.until('message:created', (payload) => (payload as { message: Message }).message.author === 'agent'),
      ),
    );
    expect(await bulk('outage-1', ids, action)).toEqual({ results });
    for (const { conversationId, visitor } of crowd.slice(0, 10)) {
      expect(await agentMessages(conversationId)).toEqual([action.text]);
      expect([...visitor.messages.values()].filter(({ notice }) => notice === 'resolved')).toHaveLength(1);
    }
    expect((await house.inbox('view=queue')).counts.queue).toBe(0);
  });
});

describe('a bulk action', () => {
  it('reports each conversation for itself', async () => {
    const ben = await house.agent('Ben Adler');
    const [mine, theirs] = await Promise.all([house.waiting(), house.waiting()]);
    await ben.send('conversation:take', { conversationId: theirs.conversationId });
    const ids = [mine.conversationId, theirs.conversationId, 'con_none'];
    const { results } = await bulk('mixed-1', ids, { kind: 'reply', text: 'Hello' });
    expect(results).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'conflict', message: 'Ben Adler has this conversation.' } },
      { ok: false, error: { code: 'not_found' } },
    ]);
    expect(await agentMessages(theirs.conversationId)).toEqual([]);
  });

  it('labels, assigns and snoozes', async () => {
    const waiting = await Promise.all([house.waiting(), house.waiting()]);
    const ids = waiting.map(({ conversationId }) => conversationId);
    const { label } = await house.post<{ label: { id: string } }>('/api/agent/labels', { name: 'outage', colour: '#aa3300' });
    await bulk('label-1', ids, { kind: 'label', add: [label.id] });
    expect((await house.inbox(`label=${label.id}`)).conversations.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    await bulk('assign-1', ids, { kind: 'assign', agentId: mara.id });
    expect((await house.inbox(`label=${label.id}&agent=${mara.id}`)).conversations).toHaveLength(2);
    await bulk('snooze-1', ids, { kind: 'snooze', until: Date.now() + 3_600_000 });
    expect((await house.inbox(`label=${label.id}&state=snoozed`)).conversations).toHaveLength(2);
  });

  it('takes at most 100 conversations, and is audited', async () => {
    const tooMany = Array.from({ length: 101 }, (_, index) => `con_${index}`);
    const refused = await house.request('POST', '/api/agent/inbox/bulk', {
      as: mara.access,
      body: { clientId: 'many', conversationIds: tooMany, action: { kind: 'resolve' } },
    });
    expect(refused.status).toBe(400);
    const { entries } = await house.get<{ entries: { action: string; subject: string; detail: string }[] }>('/api/agent/audit');
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'bulk.reply', subject: 'outage-1', detail: `${CROWD} of ${CROWD} conversations` }),
    );
  });
});
