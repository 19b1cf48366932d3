import { rateMessage, type SavedAnswer, type SavedAnswerQuestion, type SavedAnswers } from '@stepdown/conversation';
import { afterEach, describe, expect, it } from 'vitest';
import { entry, found, type House, type HouseOptions, noModel, nothing, openHouse, says } from '../support/house.ts';

const saved: SavedAnswer = {
  text: 'Sixty days, said Claude.',
  sourceIds: [entry.id],
  tier: 'claude',
  model: 'm',
  savedAt: 1_750_000_000_000,
};
let house: House;
afterEach(() => house.close());

interface Shelf extends SavedAnswers {
  readonly asked: SavedAnswerQuestion[];
  readonly kept: unknown[];
  readonly evicted: unknown[];
}

function shelfWith(answer: SavedAnswer | undefined, found: Promise<SavedAnswer | undefined> = Promise.resolve(answer)): Shelf {
  const asked: SavedAnswerQuestion[] = [];
  const kept: unknown[] = [];
  const evicted: unknown[] = [];
  return {
    asked,
    kept,
    evicted,
    open(question) {
      asked.push(question);
      return { found, keep: (finished) => void kept.push(finished) };
    },
    evict: async (question) => void evicted.push(question),
  };
}

async function answered(options: HouseOptions, text = 'How long can I return?') {
  house = await openHouse(options);
  const question = await house.ask(text);
  await house.idle();
  const [, answer] = await house.store.conversations.messagesAfter(question.conversationId, 0);
  const [turn] = await house.store.turns.ofConversation(question.conversationId);
  return { question, answer, turn, conversation: await house.store.conversations.get(question.conversationId) };
}

describe('saved answers on the floor', () => {
  it('[C24][P16] go before the FAQ, labelled with when and from what they were written', async () => {
    const { answer, turn } = await answered({ plan: noModel, more: { savedAnswers: shelfWith(saved) } });
    expect(answer).toMatchObject({
      tier: 'faq',
      text: saved.text,
      savedAt: saved.savedAt,
      checkedAt: saved.savedAt,
      model: 'm',
      sources: [{ id: entry.id, title: entry.question }],
      notice: undefined,
    });
    expect(turn).toMatchObject({ resultTier: 'faq', cause: 'floor: no-route, saved answer' });
  });

  it('[C24] go before choices and "not found", which are not offered for later then', async () => {
    const { answer, conversation } = await answered({
      plan: noModel,
      finding: nothing,
      more: { savedAnswers: shelfWith(saved), canDefer: true },
    });
    expect(answer).toMatchObject({ text: saved.text, deferral: undefined });
    expect(conversation).toMatchObject({ handoff: 'none', stickyTier: 'faq' });
  });

  it('[C24] give way to an entry the FAQ is sure of and they do not rest on', async () => {
    const { answer } = await answered({ plan: noModel, more: { savedAnswers: shelfWith({ ...saved, sourceIds: ['older'] }) } });
    expect(answer).toMatchObject({ text: entry.answer, savedAt: undefined });
  });

  it('[C6][C24] follow as a message of their own where an answer broke off', async () => {
    const plan = {
      routes: [{ routeId: 'claude:m', tier: 'claude', model: 'm', credentialId: 'c', hedgeAfterMs: undefined }],
      cause: 'test',
    } as const;
    const { question } = await answered({ plan, claude: says(['Half an '], 'cut'), more: { savedAnswers: shelfWith(saved) } });
    const messages = await house.store.conversations.messagesAfter(question.conversationId, 1);
    expect(messages.map(({ text, status, savedAt }) => ({ text, status, savedAt }))).toEqual([
      { text: 'Half an ', status: 'interrupted', savedAt: undefined },
      { text: saved.text, status: 'complete', savedAt: saved.savedAt },
    ]);
  });
});

describe('saved answers and the models', () => {
  it('[C24] no model waits for a look-up that does not come back', async () => {
    const { answer } = await answered({ more: { savedAnswers: shelfWith(undefined, new Promise(() => undefined)) } });
    expect(answer).toMatchObject({ tier: 'claude', status: 'complete' });
  });

  it('[C24] go in front if configured, and leave the conversation where it stands', async () => {
    const more = { savedAnswers: shelfWith(saved), isSavedInFront: () => true };
    const { answer, conversation, turn } = await answered({ more });
    expect(answer).toMatchObject({ tier: 'faq', text: saved.text });
    expect(conversation?.stickyTier).toBeUndefined();
    expect(turn?.cause).toBe('saved');
    expect(house.signals).toEqual([]);
  });

  it('[C24] of a lower tier do not go in front', async () => {
    const { answer } = await answered({ more: { savedAnswers: shelfWith(saved), isSavedInFront: (tier) => tier !== 'claude' } });
    expect(answer).toMatchObject({ tier: 'claude', text: 'Sixty days.' });
  });

  it('[C24] are told what a first question is; one that can’t stand alone is neither served nor saved', async () => {
    const shelf = shelfWith(saved);
    const askBack = { ...found, result: { kind: 'ask-back' } } as const;
    house = await openHouse({ finding: askBack, more: { savedAnswers: shelf, isSavedInFront: () => true } });
    const first = await house.ask('and that?');
    await house.idle();
    await house.ask('two', { conversationId: first.conversationId });
    await house.idle();
    expect(shelf.asked).toMatchObject([
      { text: 'and that?', hasHistory: false, locale: 'en', conversationId: first.conversationId },
      { text: 'two', hasHistory: true },
    ]);
    const messages = await house.store.conversations.messagesAfter(first.conversationId, 0);
    expect(messages[1]).toMatchObject({ tier: 'claude' });
    expect(shelf.kept).toEqual([]);
  });
});

describe('saving an answer', () => {
  it('[C25] offers a complete answer of a model with its sources, once', async () => {
    const shelf = shelfWith(undefined);
    await answered({ more: { savedAnswers: shelf } });
    expect(shelf.kept).toMatchObject([
      { text: 'Sixty days.', tier: 'claude', model: 'm', sourceIds: [entry.id], grounding: [{ id: entry.id }] },
    ]);
  });

  it.each([
    ['a truncated answer', { claude: says(['Sixty '], 'output-limit') }],
    ['a refusal', { claude: says([], 'refused') }],
    ['an answer of the FAQ', { plan: noModel }],
    ['a broken answer', { claude: says(['Half'], 'cut'), gpt: says(['Half'], 'cut') }],
  ] satisfies [string, HouseOptions][])('[C25] does not offer %s', async (_, options) => {
    const shelf = shelfWith(undefined);
    await answered({ ...options, more: { savedAnswers: shelf } });
    expect(shelf.kept).toEqual([]);
  });

  it('[C25] a thumbs-down takes the answer to this question away, a thumbs-up does not', async () => {
    const shelf = shelfWith(undefined);
    const { answer } = await answered({ more: { savedAnswers: shelf } });
    const ports = { ...house.ports, savedAnswers: shelf };
    const rate = (rating: 'up' | 'down') =>
      rateMessage(ports, { visitorId: 'vis_1', messageId: answer?.id ?? '', rating, comment: undefined });
    await rate('up');
    expect(shelf.evicted).toEqual([]);
    expect(await rate('down')).toMatchObject({ ok: true });
    expect(shelf.evicted).toEqual([{ text: 'How long can I return?', locale: 'en' }]);
  });
});
