import type { InboxConversation, Note, VisitorContext } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse } from './support/inbox-house.ts';

let house: InboxHouse;
let mara: Console;
let ben: Console;

beforeAll(async () => {
  house = await openInboxHouse();
  mara = await house.agent('Mara Lind');
  ben = await house.agent('Ben Adler');
});
afterAll(() => house.stop());

const text = (words: string) => ({ clientMessageId: `c-${Math.random()}`, text: words });

describe('two agents, one conversation', () => {
  it('[C15] gives it to one of them, and the other learns who has it', async () => {
    const { conversationId } = await house.waiting();
    const answers = await Promise.all([mara, ben].map((each) => each.send('conversation:take', { conversationId })));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const [winner, loser] = answers[0]?.ok === true ? [mara, ben] : [ben, mara];
    const refused = await loser.send('message:send', { conversationId, ...text('Hello') });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: `${winner.access.session.agent.name} has this conversation.` },
    });
    expect(await winner.send('message:send', { conversationId, ...text('Hello') })).toMatchObject({ ok: true });
  });

  it('[P20] refuses a reply written before a colleague answered, naming the colleague, and takes it when that has been read', async () => {
    const { conversationId } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    const opened = await ben.send('conversation:open', { conversationId });
    const seenSeq = opened.conversation?.lastSeq ?? 0;
    const answered = await mara.send('message:send', { conversationId, ...text('It is on its way.'), seenSeq });
    expect(answered).toMatchObject({ ok: true });
    await mara.send('conversation:assign', { conversationId, agentId: ben.id });
    const late = await ben.send('message:send', { conversationId, ...text('Where do you live?'), seenSeq });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(late.error?.message).toContain('Mara Lind has replied');
    const now = (await ben.send('conversation:open', { conversationId })).conversation?.lastSeq ?? 0;
    expect(await ben.send('message:send', { conversationId, ...text('Anything else?'), seenSeq: now })).toMatchObject({ ok: true });
  });

  it('[P20] answers a repeated client id with the stored reply, whoever has the conversation by now', async () => {
    const { conversationId } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    const reply = { conversationId, ...text('Once.'), seenSeq: 99 };
    const first = await mara.send('message:send', reply);
    await mara.send('conversation:assign', { conversationId, agentId: ben.id });
    expect(await mara.send('message:send', reply)).toEqual(first);
    const { messages } = await house.get<{ messages: { text: string }[] }>(`/api/agent/conversations/${conversationId}`);
    expect(messages.filter((message) => message.text === 'Once.')).toHaveLength(1);
  });

  it('shows who looks and who types', async () => {
    const { conversationId } = await house.waiting();
    await mara.send('conversation:open', { conversationId });
    await ben.send('conversation:open', { conversationId });
    await ben.send('typing', { conversationId });
    const viewing = await mara.until<{ conversationId: string; agents: { name: string; isTyping: boolean }[] }>(
      'agent:viewing',
      (payload) => payload.conversationId === conversationId && payload.agents.some(({ isTyping }) => isTyping),
    );
    expect(viewing.agents.map(({ name, isTyping }) => [name, isTyping]).sort()).toEqual([
      ['Ben Adler', true],
      ['Mara Lind', false],
    ]);
  });
});

describe('notes', () => {
  it('tell the agents they name, once, and never the visitor', async () => {
    const { conversationId, visitor } = await house.waiting();
    const note = { conversationId, clientMessageId: 'note-1', text: '@Ben can you check the invoice?' };
    const first = await mara.send('note:add', note);
    expect(await mara.send('note:add', note)).toEqual(first);
    await ben.until<{ note: Note }>('agent:mentioned', ({ note: seen }) => seen.id === first.noteId && seen.mentions.includes(ben.id));
    expect(ben.events.filter(({ name }) => name === 'agent:mentioned')).toHaveLength(1);
    expect(mara.events.filter(({ name }) => name === 'agent:mentioned')).toEqual([]);
    const { notes } = await house.get<{ notes: Note[] }>(`/api/agent/conversations/${conversationId}`);
    expect(notes.map(({ text: words, mentions }) => [words, mentions])).toEqual([[note.text, [ben.id]]]);
    expect(JSON.stringify(visitor.events)).not.toContain('invoice');
  });
});

describe('the visitor behind a conversation', () => {
  it('[D04] has the other conversations of the same token, and of nobody who only typed the same address', async () => {
    const mine = await house.waiting({ email: 'same@mail.example' });
    const stranger = await house.waiting({ email: 'same@mail.example' });
    const again = await mine.visitor.send('message:send', {
      clientMessageId: `again-${Math.random()}`,
      text: 'Another thing',
      locale: 'en',
    });
    if (!again.ok) throw new Error(again.error.message);
    const context = await house.get<VisitorContext>(`/api/agent/conversations/${mine.conversationId}/visitor`);
    const ids = context.conversations.map(({ id }: InboxConversation) => id);
    expect(ids).toEqual([again.conversationId]);
    expect(ids).not.toContain(stranger.conversationId);
    expect(context.visitor).toMatchObject({ email: 'same@mail.example', isVerified: false });
  });
});
