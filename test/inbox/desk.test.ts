import type { CannedReply, InboxConversation, Label, Message, RatingsReport, SuggestionView, VisitorContext } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse } from './support/inbox-house.ts';

let house: InboxHouse;
let mara: Console;

beforeAll(async () => {
  house = await openInboxHouse();
  mara = await house.agent('Mara Lind');
});
afterAll(() => house.stop());

describe('labels', () => {
  it('are made, renamed, put on, filtered by, and taken off everywhere by deleting', async () => {
    const { label } = await house.post<{ label: Label }>('/api/agent/labels', { name: 'Refund', colour: '#2f6f4f' });
    await mara.until<{ what: string }>('desk:changed', ({ what }) => what === 'labels');
    expect((await house.request('POST', '/api/agent/labels', { body: { name: 'REFUND', colour: '#000000' } })).status).toBe(409);
    expect((await house.request('POST', '/api/agent/labels', { body: { name: 'x', colour: 'red' } })).status).toBe(400);
    await house.request('PUT', `/api/agent/labels/${label.id}`, { body: { name: 'Money back', colour: '#2f6f4f' } });
    const { conversationId } = await house.waiting();
    const labelled = await mara.send('conversation:label', { conversationId, add: [label.id] });
    expect(labelled.conversation?.labels).toEqual([{ id: label.id, name: 'Money back', colour: '#2f6f4f' }]);
    expect((await house.inbox(`label=${label.id}`)).conversations.map(({ id }) => id)).toEqual([conversationId]);
    expect((await house.request('DELETE', `/api/agent/labels/${label.id}`)).status).toBe(200);
    expect((await house.inbox('view=queue')).conversations.flatMap(({ labels }: InboxConversation) => labels)).toEqual([]);
  });
});

describe('shared replies', () => {
  it('are the whole team’s, one per shortcut and language', async () => {
    const reply = { shortcut: 'Hello', text: 'Hello {name|there}, how can I help?' };
    const made = await house.post<{ reply: CannedReply }>('/api/agent/canned-replies', reply, mara.access);
    expect(made.reply).toMatchObject({ shortcut: 'hello', locale: null, updatedBy: 'Mara Lind' });
    expect((await house.request('POST', '/api/agent/canned-replies', { body: reply })).status).toBe(409);
    const german = await house.post<{ reply: CannedReply }>('/api/agent/canned-replies', { ...reply, locale: 'de', text: 'Hallo {name}' });
    const edited = await house.request('PUT', `/api/agent/canned-replies/${german.reply.id}`, {
      body: { ...reply, locale: 'de', text: 'Guten Tag {name}' },
    });
    expect(edited.status).toBe(200);
    const { replies } = await house.get<{ replies: CannedReply[] }>('/api/agent/canned-replies');
    expect(replies.map(({ locale, text }) => [locale, text])).toEqual([
      [null, reply.text],
      ['de', 'Guten Tag {name}'],
    ]);
    await house.request('DELETE', `/api/agent/canned-replies/${german.reply.id}`);
    expect((await house.request('DELETE', `/api/agent/canned-replies/${german.reply.id}`)).status).toBe(404);
  });
});

describe('ratings', () => {
  it('[P22] are asked for after an agent closes, and reported by agent and tier', async () => {
    const { visitor, conversationId } = await house.waiting();
    const rate = (score: number, comment?: string) =>
      visitor.send('conversation:rate', { conversationId, score, ...(comment && { comment }) });
    expect(await rate(5)).toMatchObject({ ok: false, error: { code: 'closed' } });
    await mara.send('conversation:take', { conversationId });
    await mara.send('message:send', { conversationId, clientMessageId: 'bye', text: 'Done.' });
    await mara.send('conversation:resolve', { conversationId });
    await visitor.until('message:created', (payload) => (payload as { message: Message }).message.notice === 'rate');
    expect(await rate(6)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await rate(3, '=quick')).toMatchObject({ ok: true });
    expect(await rate(4)).toMatchObject({ ok: true });
    const answer = [...visitor.messages.values()].find(({ author }) => author === 'assistant');
    await visitor.send('message:rate', { messageId: answer?.id, rating: 'up' });
    const stranger = await house.asking();
    expect(await stranger.visitor.send('conversation:rate', { conversationId, score: 1 })).toMatchObject({ error: { code: 'not_found' } });
    const report = await house.get<RatingsReport>('/api/agent/reports/ratings?days=7');
    expect(report.agents).toEqual([
      { agentId: mara.id, agentName: 'Mara Lind', asked: 1, answered: 1, average: 4, scores: [0, 0, 0, 1, 0] },
    ]);
    expect(report.tiers).toEqual([{ tier: 'faq', up: 1, down: 0 }]);
    expect(report.comments).toMatchObject([{ conversationId, comment: '=quick', score: 4 }]);
    const { rating } = await house.get<VisitorContext>(`/api/agent/conversations/${conversationId}/visitor`);
    expect(rating).toMatchObject({ score: 4, comment: '=quick' });
  });

  it('[P22] are not asked for when nobody of the team had the conversation', async () => {
    const { visitor, conversationId } = await house.asking();
    await visitor.completed();
    await mara.send('conversation:resolve', { conversationId });
    await visitor.until('message:created', (payload) => (payload as { message: Message }).message.notice === 'resolved');
    expect(await visitor.send('conversation:rate', { conversationId, score: 5 })).toMatchObject({ ok: false, error: { code: 'closed' } });
  });
});

describe('what leaves the house', () => {
  it('[D26] CSV has one row per conversation, as filtered, and no formula', async () => {
    const { conversationId, visitor } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    const text = '=HYPERLINK("http://evil.example","click")';
    await visitor.send('message:send', { conversationId, clientMessageId: 'formula', text, locale: 'en' });
    const response = await house.request('GET', '/api/agent/inbox/export?view=mine&search=hyperlink', { as: mara.access });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const bytes = Buffer.from(await response.arrayBuffer());
    const [head = '', row = '', ...rest] = bytes.toString().split('\r\n');
    // Excel reads UTF-8 only with the mark in front.
    expect(head).toMatch(/^\uFEFFid,state,/);
    expect(row).toContain(conversationId);
    expect(row).toContain('"\'=HYPERLINK(""http://evil.example"",""click"")"');
    expect(rest).toEqual(['']);
  });

  it('a transcript is text or JSON, and downloading it is audited', async () => {
    const { conversationId } = await house.waiting({ text: 'How long do I have to return something I bought?' });
    const text = await house.request('GET', `/api/agent/conversations/${conversationId}/transcript`);
    expect(await text.text()).toMatch(/Customer:\nHow long do I have[\s\S]*Help articles:\n/);
    const json = await house.get<{ messages: Message[] }>(`/api/agent/conversations/${conversationId}/transcript?format=json`);
    expect(json.messages[0]).toMatchObject({ author: 'visitor', seq: 1 });
    expect((await house.request('GET', '/api/agent/conversations/con_none/transcript')).status).toBe(404);
    const { entries } = await house.get<{ entries: { action: string; subject: string }[] }>('/api/agent/audit');
    expect(entries).toContainEqual(expect.objectContaining({ action: 'conversation.exported', subject: conversationId }));
  });

  it('[D49] a viewer reads, and exports and changes nothing', async () => {
    const vera = await house.agent('Vera Viewer', 'viewer');
    const status = async (method: string, route: string) => (await house.request(method, route, { as: vera.access })).status;
    expect([await status('GET', '/api/agent/labels'), await status('GET', '/api/agent/reports/ratings')]).toEqual([200, 200]);
    expect([await status('GET', '/api/agent/inbox/export'), await status('POST', '/api/agent/inbox/bulk')]).toEqual([403, 403]);
    expect(await vera.send('conversation:assign', { conversationId: 'con_1', agentId: mara.id })).toMatchObject({
      error: { code: 'forbidden' },
    });
  });
});

describe('a suggestion', () => {
  it('is the FAQ’s and a template while no model answers, and says so', async () => {
    const { conversationId } = await house.waiting({ text: 'How long do I have to return something I bought?' });
    const suggestion = await house.post<SuggestionView>(`/api/agent/conversations/${conversationId}/suggest`, {}, mara.access);
    expect(suggestion.reply).toMatchObject({ tier: 'faq', model: null, sources: [{ id: 'return-window' }] });
    expect(suggestion.summary).toMatchObject({ tier: 'faq', model: null });
    expect(suggestion.summary.text).toContain('How long do I have to return');
    expect(suggestion.hits[0]?.id).toBe('return-window');
    expect((await house.request('POST', '/api/agent/conversations/con_none/suggest')).status).toBe(404);
  });

  it('is a model’s while one answers, unseen by the visitor', async () => {
    const withModels = await openInboxHouse({ tiers: ['claude', 'gpt'] });
    try {
      const { visitor, conversationId } = await withModels.asking('How long do I have to return something I bought?');
      await visitor.completed();
      const eventsBefore = visitor.events.filter(({ name }) => name.startsWith('message:')).length;
      const suggestion = await withModels.post<SuggestionView>(`/api/agent/conversations/${conversationId}/suggest`, {});
      expect(suggestion.reply).toMatchObject({ tier: 'claude', model: expect.stringContaining('claude') });
      expect(suggestion.reply.text).not.toContain('Sources:');
      expect(suggestion.summary.tier).toBe('claude');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(visitor.events.filter(({ name }) => name.startsWith('message:'))).toHaveLength(eventsBefore);
    } finally {
      await withModels.stop();
    }
  });
});
