import { silentLog } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import type { SavedEntry } from './saved-answer.ts';
import { createSavedAnswers, type SavedAnswerPorts } from './saved-answers.ts';

const question = {
  text: 'How do I return my order?',
  locale: 'en',
  hasHistory: false,
  conversationId: 'con_1',
};
const grounding = [
  { id: 'returns', question: 'Q', answer: '30 days' },
  { id: 'other', question: 'Q', answer: 'other' },
];
const answer = { text: 'Within 30 days.', tier: 'claude' as const, model: 'm-1', sourceIds: ['returns'], grounding };

function setUp(overrides: Partial<SavedAnswerPorts> = {}) {
  const clock = createManualClock();
  const entries = new Map<string, SavedEntry>();
  const articles = new Map([
    ['returns', '30 days'],
    ['other', 'other'],
  ]);
  const ports: SavedAnswerPorts = {
    shelf: {
      get: async (fingerprint) => entries.get(fingerprint),
      put: async (entry) => void entries.set(entry.fingerprint, entry),
      evict: async (fingerprint) => entries.delete(fingerprint),
    },
    versionsOf: (id) => [articles.get(id)].flatMap((text) => (text === undefined ? [] : [{ locale: 'en', question: 'Q', answer: text }])),
    isKnown: async () => true,
    clock,
    log: silentLog,
    promptVersion: 'p1',
    keptMs: 1_000,
    lookUpMs: 50,
    ...overrides,
  };
  const answers = createSavedAnswers(ports);
  const look = () => answers.open({ ...question, conversationId: 'con_2' }).found;
  const save = async () => {
    answers.open(question).keep(answer);
    await settled();
  };
  return { clock, entries, articles, ports, answers, look, save };
}

/** Everything that was started has run; the fakes above never wait. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('saved answers', () => {
  it('[T43] gives the next one what the first was told, with its writer and time', async () => {
    const { clock, look, save } = setUp();
    expect(await look()).toBeUndefined();
    await save();
    expect(await look()).toEqual({ text: 'Within 30 days.', sourceIds: ['returns'], tier: 'claude', model: 'm-1', savedAt: clock.now() });
  });

  it('[T41] forgets after its time', async () => {
    const { clock, look, save } = setUp();
    await save();
    clock.advance(999);
    expect(await look()).toBeDefined();
    clock.advance(1);
    expect(await look()).toBeUndefined();
  });

  it('[T42] an edited or removed source takes the answer off the shelf; another article does not', async () => {
    const { articles, entries, look, save } = setUp();
    await save();
    articles.set('other', 'edited');
    expect(await look()).toBeDefined();
    articles.set('returns', '14 days');
    expect(await look()).toBeUndefined();
    expect(entries.size).toBe(0);
    articles.set('returns', '30 days');
    await save();
    articles.delete('returns');
    expect(await look()).toBeUndefined();
    expect(entries.size).toBe(0);
  });

  it('[T42] an article that is edited while the model writes is not saved', async () => {
    const { articles, answers, entries } = setUp();
    const lookUp = answers.open(question);
    articles.set('returns', '14 days');
    lookUp.keep(answer);
    await settled();
    expect(entries.size).toBe(0);
  });

  it('[T44] a thumbs-down takes it away, however the question was written', async () => {
    const { answers, look, save } = setUp();
    await save();
    await answers.evict({ text: 'hi, how do i return my order??', locale: 'en' });
    expect(await look()).toBeUndefined();
  });

  it('[T38] another prompt or another language does not find it', async () => {
    const { ports, answers, save } = setUp();
    await save();
    const changed = createSavedAnswers({ ...ports, promptVersion: 'p2' });
    expect(await changed.open(question).found).toBeUndefined();
    expect(await answers.open({ ...question, locale: 'de' }).found).toBeUndefined();
  });

  it('[T45] a shelf that does not answer is waited for 50 ms, then there is none', async () => {
    const { clock, look } = setUp({
      shelf: { get: () => new Promise(() => undefined), put: async () => undefined, evict: async () => false },
    });
    let found: unknown = 'nothing yet';
    void look().then((value) => {
      found = value;
    });
    await settled();
    clock.advance(49);
    await settled();
    expect(found).toBe('nothing yet');
    clock.advance(1);
    await settled();
    expect(found).toBeUndefined();
  });

  it('[T45] a broken shelf is logged and harms nobody', async () => {
    const warnings: string[] = [];
    const broken = async (): Promise<never> => {
      throw new Error('disk full');
    };
    const { look, save } = setUp({
      shelf: { get: broken, put: broken, evict: broken },
      log: { ...silentLog, warn: (_, message) => warnings.push(message) },
    });
    expect(await look()).toBeUndefined();
    await save();
    expect(warnings).toEqual([
      'The saved answers could not be read.',
      'The saved answers could not be read.',
      'An answer could not be saved for others.',
    ]);
  });

  it('[T46][D37] a conversation that was deleted while its answer was saved leaves nothing', async () => {
    const { entries, save } = setUp({ isKnown: async () => false });
    await save();
    expect(entries.size).toBe(0);
  });
});
