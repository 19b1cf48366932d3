import { beforeEach, describe, expect, it } from 'vitest';
import { type AgentClient, createAgentClient } from './agent-client.ts';
import { createMemoryStorage, type StoragePort } from './ports.ts';
import { createFakeClock, type FakeClock } from './testing/fake-clock.ts';
import { FakeHouse, makeLadder, makeSession } from './testing/fake-house.ts';
import { createFakeTabs } from './testing/fake-tabs.ts';

let house: FakeHouse;
let clock: FakeClock;
let storage: StoragePort;

beforeEach(() => {
  house = new FakeHouse();
  clock = createFakeClock();
  storage = createMemoryStorage();
});

async function start(): Promise<AgentClient> {
  const tabs = createFakeTabs();
  const client = createAgentClient({
    url: 'http://house.test',
    fetch: house.fetch,
    storage,
    channel: tabs.channel(),
    locks: tabs.locks,
    clock,
    random: () => 0.5,
    openSocket: house.openSocket,
  });
  await client.start();
  await later(client, 100);
  return client;
}

/** `Response.json()` takes more than microtasks, so real turns of the loop are let pass beside the fake time. */
async function later(client: AgentClient, durationMs: number): Promise<ReturnType<AgentClient['getSnapshot']>> {
  await realTurns();
  await clock.advance(durationMs);
  await realTurns();
  return client.getSnapshot();
}

async function realTurns(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('who is signed in', () => {
  it('asks the server and shows nothing of the house to nobody', async () => {
    house.session = null;
    const { access, inbox } = (await start()).getSnapshot();
    expect(access).toEqual({ kind: 'signed-out', because: 'never-signed-in' });
    expect(inbox.rows).toEqual([]);
  });

  it('enters with a password, and says what is wrong with one', async () => {
    house.session = null;
    const client = await start();
    house.intercept = ({ name }) =>
      name.endsWith('sign-in') ? { ok: false, error: { code: 'unauthorized', message: 'wrong' } } : undefined;
    expect(await client.signIn('a@b.example', 'no')).toMatchObject({ code: 'unauthorized' });
    house.intercept = () => undefined;
    expect(await client.signIn('a@b.example', 'yes')).toBeNull();
    expect((await later(client, 10)).access.kind).toBe('signed-in');
  });

  it('leaves when the session ends, and finds the drafts again afterwards', async () => {
    const client = await start();
    house.addConversation({ id: 'con_1' });
    client.keepDraft('con_1', 'reply', 'half a sentence');
    const session = house.session;
    house.session = null;
    await client.take('con_1');
    expect(client.getSnapshot()).toMatchObject({ access: { kind: 'signed-out', because: 'expired' }, ladder: null, desk: null });
    house.session = session;
    await client.signIn('mara@birchkettle.example', 'again');
    expect(client.draft('con_1', 'reply')).toBe('half a sentence');
  });

  it('keeps drafts from another agent on the same device, and forgets them at sign-out', async () => {
    const client = await start();
    client.keepDraft('con_1', 'reply', 'mine');
    house.session = makeSession({ id: 'agt_2' });
    await client.signIn('ben@birchkettle.example', 'x');
    expect(client.draft('con_1', 'reply')).toBe('');
    client.keepDraft('con_1', 'reply', 'of ben');
    await client.signOut();
    expect(client.getSnapshot().access).toEqual({ kind: 'signed-out', because: 'left' });
    house.session = makeSession({ id: 'agt_2' });
    await client.signIn('ben@birchkettle.example', 'x');
    expect(client.draft('con_1', 'reply')).toBe('');
  });

  it('asks for the session before it knocks again after a refused handshake', async () => {
    const client = await start();
    house.session = null;
    house.drop();
    expect((await later(client, 3_100)).access).toEqual({ kind: 'signed-out', because: 'expired' });
  });

  it('comes back by itself after the server was away', async () => {
    const client = await start();
    house.isUp = false;
    house.drop();
    expect((await later(client, 4_100)).connection).toBe('offline');
    house.isUp = true;
    await later(client, 3_100);
    await later(client, 3_100);
    expect(client.getSnapshot().connection).toBe('online');
  });
});

describe('a conversation on the desk', () => {
  it('[P14] opens with everything and follows what is said', async () => {
    house.addConversation({ id: 'con_1' });
    house.addMessage('con_1', { text: 'Where is it?' });
    const client = await start();
    client.showConversation('con_1');
    expect((await later(client, 10)).desk).toMatchObject({ phase: 'ready', messages: [{ text: 'Where is it?' }] });
    house.addMessage('con_1', { id: 'm2', author: 'assistant', status: 'streaming', text: '', tier: 'claude' });
    house.emit('message:delta', { messageId: 'm2', rev: 0, offset: 0, text: 'On its ' });
    house.emit('message:delta', { messageId: 'm2', rev: 0, offset: 7, text: 'way' });
    expect(client.getSnapshot().desk?.messages[1]?.text).toBe('On its way');
  });

  it('[P10] asks again after 60 ms when a delta is missing', async () => {
    house.addConversation({ id: 'con_1' });
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    house.addMessage('con_1', { id: 'm1', author: 'assistant', status: 'streaming', text: '' });
    house.emit('message:delta', { messageId: 'm1', rev: 0, offset: 5, text: 'late' });
    const opens = () => house.calls.filter((call) => call.name === 'conversation:open').length;
    const before = opens();
    await later(client, 59);
    expect(opens()).toBe(before);
    await later(client, 2);
    expect(opens()).toBe(before + 1);
  });

  it('ignores messages of conversations that are not on the desk', async () => {
    house.addConversation({ id: 'con_1' });
    house.addConversation({ id: 'con_2' });
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    house.addMessage('con_2', { text: 'elsewhere' });
    expect(client.getSnapshot().desk?.messages).toEqual([]);
  });

  it('says that a conversation does not exist', async () => {
    const client = await start();
    client.showConversation('con_none');
    expect((await later(client, 10)).desk?.phase).toBe('missing');
  });

  it('takes over, and tells who was faster', async () => {
    house.addConversation({ id: 'con_1', waitingSince: 5 });
    const client = await start();
    expect(await client.take('con_1')).toBeNull();
    expect(client.getSnapshot().inbox.rows).toEqual([]);
    house.change('con_1', { agentId: 'agt_2', agentName: 'Ben' });
    expect(await client.take('con_1')).toMatchObject({ code: 'conflict' });
  });

  it('reads notes again when the conversation changes', async () => {
    house.addConversation({ id: 'con_1' });
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    expect(await client.addNote('con_1', 'look out')).toBeNull();
    expect((await later(client, 300)).desk?.notes).toMatchObject([{ text: 'look out' }]);
  });

  it('shows who else looks, without itself, and lets typing fade', async () => {
    house.addConversation({ id: 'con_1' });
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    const ben = { id: 'agt_2', name: 'Ben', isTyping: true };
    house.emit('agent:viewing', {
      conversationId: 'con_1',
      agents: [ben, { ...ben, isTyping: false }, { id: 'agt_1', name: 'Mara', isTyping: false }],
    });
    expect(client.getSnapshot().desk?.viewers).toEqual([ben]);
    expect((await later(client, 6_100)).desk?.viewers).toEqual([{ ...ben, isTyping: false }]);
  });

  it('tells the server at most every three seconds that the agent types', async () => {
    house.addConversation({ id: 'con_1' });
    const client = await start();
    client.typing('con_1');
    client.typing('con_1');
    await later(client, 2_900);
    client.typing('con_1');
    expect(house.calls.filter((call) => call.name === 'typing')).toHaveLength(1);
  });
});

describe('a reply', () => {
  it('[P7] is stored once, however often its acknowledgement gets lost', async () => {
    house.addConversation({ id: 'con_1', agentId: 'agt_1', state: 'open' });
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    let lost = 1;
    house.intercept = (call) => {
      if (call.name !== 'message:send' || lost-- <= 0) return undefined;
      house.addMessage('con_1', { author: 'agent', text: 'Hi', clientMessageId: String(call.payload.clientMessageId) });
      return 'silence';
    };
    client.reply('con_1', 'Hi');
    await later(client, 10_000);
    expect(house.folders.get('con_1')?.messages).toHaveLength(1);
    expect(client.getSnapshot().desk?.outgoing).toEqual([]);
  });

  it('waits on this device while there is no connection, also for the next page', async () => {
    house.addConversation({ id: 'con_1', agentId: 'agt_1', state: 'open' });
    const first = await start();
    house.isUp = false;
    house.drop();
    first.showConversation('con_1');
    first.reply('con_1', 'Back soon');
    expect(first.getSnapshot().desk?.outgoing).toMatchObject([{ text: 'Back soon', delivery: 'waiting' }]);
    first.destroy();
    house.isUp = true;
    await later(await start(), 100);
    expect(house.folders.get('con_1')?.messages).toMatchObject([{ text: 'Back soon' }]);
  });

  it('is handed back when another agent has the conversation, and goes out once it is taken', async () => {
    house.addConversation({ id: 'con_1', agentId: 'agt_2', agentName: 'Ben', state: 'open' });
    const client = await start();
    client.showConversation('con_1');
    client.reply('con_1', 'Mine?');
    const [failed] = (await later(client, 100)).desk?.outgoing ?? [];
    expect(failed).toMatchObject({ delivery: 'failed', failure: { code: 'forbidden' } });
    house.change('con_1', { agentId: 'agt_1' });
    client.retryReply('con_1', failed?.clientMessageId ?? '');
    expect((await later(client, 100)).desk?.messages).toMatchObject([{ text: 'Mine?' }]);
  });

  it('[P20] that crosses a colleague’s is handed back in the server’s words, and goes out once theirs was seen', async () => {
    house.addConversation({ id: 'con_1', agentId: 'agt_1', state: 'open' });
    house.addMessage('con_1');
    const client = await start();
    client.showConversation('con_1');
    await later(client, 10);
    house.isUp = false;
    house.drop();
    client.reply('con_1', 'Mine');
    house.addMessage('con_1', { author: 'agent', authorName: 'Ben', text: 'Theirs' });
    house.isUp = true;
    const crossed = (await later(client, 5_000)).desk;
    expect(crossed?.outgoing).toMatchObject([{ delivery: 'failed', failure: { message: 'Ben has replied in the meantime.' } }]);
    expect(crossed?.messages.map(({ text }) => text)).toEqual(['Hello', 'Theirs']);
    client.retryReply('con_1', crossed?.outgoing[0]?.clientMessageId ?? '');
    expect((await later(client, 100)).desk?.messages.map(({ text }) => text)).toEqual(['Hello', 'Theirs', 'Mine']);
    expect(house.calls.filter(({ name }) => name === 'message:send').map(({ payload }) => payload.seenSeq)).toEqual([1, 2]);
  });
});

describe('what the team shares', () => {
  it('is read at the start, and again when it is told to have changed', async () => {
    const client = await start();
    expect(client.getSnapshot()).toMatchObject({ team: [{ name: 'Mara' }], labels: [], cannedReplies: [] });
    house.labels = [{ id: 'l', name: 'VIP', colour: '#336699' }];
    house.emit('desk:changed', { what: 'labels' });
    house.emit('team:changed', { team: [] });
    expect(await later(client, 10)).toMatchObject({ team: [], labels: [{ name: 'VIP' }] });
  });
});

describe('calls for attention', () => {
  it('call once when a customer begins to wait, and when one answers this agent', async () => {
    house.addConversation({ id: 'con_1' });
    const client = await start();
    const heard: string[] = [];
    client.onAttention((attention) => heard.push(attention.kind));
    house.change('con_1', { waitingSince: 5, lastSeq: 2 });
    house.change('con_1', { waitingSince: 5, lastSeq: 3 });
    house.change('con_1', { waitingSince: null, lastSeq: 4, agentId: 'agt_1' });
    house.change('con_1', { waitingSince: 9, lastSeq: 5 });
    house.change('con_1', { waitingSince: 9, lastSeq: 6, agentId: 'agt_2' });
    expect(heard).toEqual(['waiting', 'reply']);
  });

  it('call when a note asks this agent to look', async () => {
    const client = await start();
    const heard: unknown[] = [];
    client.onAttention((attention) => heard.push(attention));
    const note = { id: 'n', conversationId: 'con_1', authorName: 'Ben', text: '@Mara?', createdAt: 1, mentions: ['agt_1'] };
    house.emit('agent:mentioned', { note });
    expect(heard).toEqual([{ kind: 'mention', note }]);
  });

  it('call when the ladder steps down and not when it climbs back', async () => {
    const client = await start();
    const heard: string[] = [];
    client.onAttention((attention) => heard.push(attention.kind));
    house.emit('ladder:changed', { ladder: makeLadder({ tier: 'faq' }) });
    house.emit('ladder:changed', { ladder: makeLadder({ tier: 'claude' }) });
    expect(heard).toEqual(['stepped-down']);
  });
});

describe('the ladder', () => {
  it('is told at once, and its alerts are read after it', async () => {
    const client = await start();
    house.alerts = [{ id: 'a1', code: 'credential', detail: 'refused', severity: 'critical', createdAt: 1 }];
    house.emit('ladder:changed', { ladder: makeLadder({ tier: 'gpt' }) });
    expect(client.getSnapshot().ladder?.tier).toBe('gpt');
    expect((await later(client, 400)).alerts).toHaveLength(1);
  });

  it('keeps each signal once, newest first, although a connect tells the last ones again', async () => {
    const client = await start();
    const signal = { routeId: 'claude:x', from: 'probe', outcome: 'ok', detail: null, firstTextMs: 200, at: 10 } as const;
    for (const at of [10, 20, 10]) house.emit('signal', { ...signal, at });
    expect(client.getSnapshot().signals.map(({ at }) => at)).toEqual([20, 10]);
  });
});
