import { takeOver } from '@stepdown/conversation';
import { afterEach, describe, expect, it } from 'vitest';
import { bothModels, entry, type House, type HouseOptions, hangsAfter, noModel, nothing, openHouse, says } from '../support/house.ts';

let house: House;
afterEach(() => house.close());

async function answered(options: HouseOptions, text = 'How long can I return?') {
  house = await openHouse(options);
  const question = await house.ask(text);
  await house.idle();
  const messages = await house.store.conversations.messagesAfter(question.conversationId, 0);
  return { question, messages, conversation: await house.store.conversations.get(question.conversationId) };
}

const completions = (): number => house.events.filter((event) => event.type === 'message.completed').length;

describe('answering', () => {
  it('[C1][C5] stores question and answer, and completes exactly once', async () => {
    const { messages } = await answered({});
    expect(messages.map(({ author, seq, status, tier }) => ({ author, seq, status, tier }))).toEqual([
      { author: 'visitor', seq: 1, status: 'complete', tier: undefined },
      { author: 'assistant', seq: 2, status: 'complete', tier: 'claude' },
    ]);
    expect(messages[1]).toMatchObject({ text: 'Sixty days.', sources: [{ id: entry.id, title: entry.question }] });
    expect(completions()).toBe(1);
  });

  it('[C6] fills the message from the FAQ when there is no model, and offers a person when nothing fits', async () => {
    const fits = await answered({ plan: noModel });
    expect(fits.messages[1]).toMatchObject({ tier: 'faq', text: entry.answer, status: 'complete' });
    await house.close();
    const lost = await answered({ plan: noModel, finding: nothing });
    expect(lost.messages[1]).toMatchObject({ tier: 'handoff', notice: 'not-found' });
    expect(lost.conversation).toMatchObject({ handoff: 'offered' });
  });

  it('[C6] keeps the text of a broken attempt as interrupted and lets the FAQ follow as its own message', async () => {
    const plan = { ...bothModels, routes: bothModels.routes.slice(0, 1) };
    const { messages } = await answered({ plan, claude: says(['Sixty ', 'da'], 'cut') });
    expect(messages.map(({ text, status, tier }) => ({ text, status, tier })).slice(1)).toEqual([
      { text: 'Sixty da', status: 'interrupted', tier: 'claude' },
      { text: entry.answer, status: 'complete', tier: 'faq' },
    ]);
    expect(completions()).toBe(2);
  });

  it('[C9] replaces the text of a broken attempt when the next model answers', async () => {
    const { messages } = await answered({ claude: says(['Half an '], 'cut'), gpt: says(['The ', 'whole.']) });
    expect(messages[1]).toMatchObject({ text: 'The whole.', tier: 'gpt', rev: 1, status: 'complete' });
    expect(messages).toHaveLength(2);
    expect(house.events.some((event) => event.type === 'message.updated' && event.message.status === 'interrupted')).toBe(true);
  });

  it('[C13] answers with the entry the visitor chose and leaves the conversation where it stands', async () => {
    house = await openHouse({ finding: nothing });
    const question = await house.ask(entry.question, { choiceId: entry.id });
    await house.idle();
    const messages = await house.store.conversations.messagesAfter(question.conversationId, 0);
    expect(messages[1]).toMatchObject({ tier: 'faq', text: entry.answer });
    expect((await house.store.conversations.get(question.conversationId))?.stickyTier).toBeUndefined();
    expect(house.signals).toEqual([]);
  });

  it('[C14] does not pass a refusal on to another model', async () => {
    const { messages } = await answered({ claude: says([], 'refused') });
    expect(messages[1]).toMatchObject({ tier: 'handoff', notice: 'refused', status: 'complete' });
    expect(messages[1]?.text).not.toContain('GPT');
  });

  it('[C11] answers two quick questions one after the other, in order', async () => {
    house = await openHouse();
    const first = await house.ask('one');
    await house.ask('two', { conversationId: first.conversationId });
    await house.idle();
    const messages = await house.store.conversations.messagesAfter(first.conversationId, 0);
    expect(messages.filter((message) => message.author === 'assistant').map((message) => message.status)).toEqual(['complete', 'complete']);
    expect(completions()).toBe(2);
  });

  it('[C12] continues the turn of a process that died, in the same message, once', async () => {
    house = await openHouse({ claude: hangsAfter(['Half an ']), processId: 'first' });
    const question = await house.ask('q');
    await expect.poll(async () => (await house.store.conversations.messagesAfter(question.conversationId, 1))[0]?.text).toBe('Half an ');
    // The lease of the first process is given up as if it had died: nothing of it is written any more.
    await house.ports.board.drain(0);
    const [orphan] = await house.store.turns.claimOrphans({
      owner: 'second',
      now: Date.now() + 1,
      leaseUntil: Date.now() + 10_000,
      force: true,
    });
    expect(orphan).toMatchObject({ takeovers: 1 });
  });
});

describe('a claim', () => {
  it('[C10][C15] at any moment of a streaming answer silences the assistant: 60 claims, 0 words after', { timeout: 60_000 }, async () => {
    const pieces = Array.from({ length: 40 }, (_, index) => `word${index} `);
    house = await openHouse({ claude: says(pieces) });
    for (let round = 0; round < 60; round += 1) {
      const question = await house.ask('q', { clientMessageId: `claim-${round}` });
      for (let turn = 0; turn < (round * 7) % 45; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const claim = await takeOver(house.ports, question.conversationId, { id: 'agt_1', name: 'Mara' });
      expect(claim).toMatchObject({ ok: true });
      const claimedAt = house.events.length;
      expect(await takeOver(house.ports, question.conversationId, { id: 'agt_2', name: 'Ben' })).toMatchObject({
        ok: false,
        error: 'conflict',
      });
      await house.idle();
      const after = house.events
        .slice(claimedAt)
        .filter((event) => event.type === 'message.delta' || (event.type === 'message.completed' && event.message.status === 'complete'));
      expect(after).toEqual([]);
      const stored = await house.store.conversations.messagesAfter(question.conversationId, 0);
      expect(stored.filter((message) => message.status === 'streaming')).toEqual([]);
    }
  });
});
