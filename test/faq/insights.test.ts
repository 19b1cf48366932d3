import type { FaqGaps, FaqReadiness, FaqReplayResult, FaqTestResult } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, setUpAdmin } from '../security/support/agents.ts';
import { type Asked, answerTo, askAs, type Editor, editorOf, type FaqServer, startFaqServer } from './support/desk.ts';

const LLAMAS = ['Do you rent out llamas?', 'Can I rent a llama from you?', 'Are llamas for rent?'];
const WARRANTY = 'How long is the guarantee and what does it cover?';
let server: FaqServer;
let editor: Editor;
const asked: Asked[] = [];

beforeAll(async () => {
  server = await startFaqServer();
  editor = editorOf(server, await setUpAdmin(server));
  for (const text of [...LLAMAS, WARRANTY]) asked.push(await askAs(server, text));
});
afterAll(async () => {
  for (const { visitor } of asked) visitor.close();
  await server.stop();
});

const gaps = () => editor.get<FaqGaps>('/api/faq/gaps');
const llamaGap = async () => (await gaps()).gaps.find(({ question }) => LLAMAS.includes(question));

describe('gaps', () => {
  it('are the questions that nobody could answer, grouped, and heavier because the models were down', async () => {
    await expect.poll(async () => (await llamaGap())?.count, { timeout: 5_000 }).toBe(3);
    const gap = await llamaGap();
    expect(gap).toMatchObject({ whenDown: 3, ratedDown: 0, weight: 12, suggestion: null });
    expect(gap?.suggestedId).toMatch(/^[a-z0-9-]*llama/);
    expect((await gaps()).gaps.some(({ question }) => question === WARRANTY)).toBe(false);
  });

  it('hold an answered question whose answer did not help', async () => {
    const warranty = asked.at(-1);
    await warranty?.visitor.send('message:rate', { messageId: warranty.answerId, rating: 'down' });
    await expect.poll(async () => (await gaps()).gaps.find(({ question }) => question === WARRANTY)?.ratedDown, { timeout: 5_000 }).toBe(1);
  });

  it('come with what an agent answered, for approval', async () => {
    const [first] = asked;
    const agent = await openConsole(server, editor.access);
    await agent.emitWithAck('conversation:take', { conversationId: first?.conversationId });
    const text = 'We do not rent llamas, but our neighbour does.';
    const sent = await agent.emitWithAck('message:send', { conversationId: first?.conversationId, clientMessageId: 'agent-1', text });
    expect(sent).toMatchObject({ ok: true });
    agent.close();
    const gap = await llamaGap();
    expect(gap?.suggestion).toMatchObject({ answer: text, hasPersonalData: false, conversationId: first?.conversationId });
    await editor.publish(gap?.suggestedId ?? '', {
      question: gap?.question ?? '',
      variants: [...LLAMAS],
      answer: gap?.suggestion?.answer ?? '',
    });
    expect(await answerTo(server, 'Can I rent a llama from you?')).toBe(text);
  });

  it('can be dismissed, with all that ask the same', async () => {
    const gap = await llamaGap();
    await editor.send('POST', `/api/faq/gaps/${gap?.id}/dismiss`, {});
    expect(await llamaGap()).toBeUndefined();
    expect((await gaps()).dismissed).toBe(1);
  });
});

describe('the test panel', () => {
  it('shows decision, ranking with reasons, and what each tier would get', async () => {
    const { body } = await editor.send<FaqTestResult>('POST', '/api/faq/test', { question: WARRANTY });
    expect(body).toMatchObject({ against: 'live', decision: { kind: 'answer', entryIds: ['warranty'] } });
    expect(body.ranking[0]).toMatchObject({ id: 'warranty', why: { phrasing: WARRANTY } });
    expect(body.ranking[0]?.score).toBeGreaterThanOrEqual(body.thresholds.answerAt);
    expect(body.tiers.map(({ tier }) => tier)).toEqual(['claude', 'gpt', 'open-model', 'faq']);
    expect(body.tiers[0]?.grounding[0]).toMatchObject({ id: 'warranty' });
    expect(body.tiers[3]?.served).toContain('25 years');
  });

  it('asks a draft as if it were live', async () => {
    const draft = {
      id: 'submarine',
      locale: 'en',
      content: { question: 'Where do I park my submarine?', variants: [], answer: 'In the harbour.' },
    };
    const { body } = await editor.send<FaqTestResult>('POST', '/api/faq/test', { question: 'where can I park a submarine', draft });
    expect(body).toMatchObject({ against: 'draft', decision: { kind: 'answer', entryIds: ['submarine'] } });
    expect(await answerTo(server, 'where can I park a submarine')).not.toContain('harbour');
  });
});

describe('replay', () => {
  it('names the real questions that a draft would break or gain', async () => {
    const gone = await editor.send<FaqReplayResult>('POST', '/api/faq/replay', { draft: { id: 'warranty', locale: 'en', content: null } });
    expect(gone.body.changes).toContainEqual(
      expect.objectContaining({ question: WARRANTY, effect: 'broken', before: expect.objectContaining({ entryId: 'warranty' }) }),
    );
    expect(gone.body.broken).toBe(1);
    const content = { question: 'where can I park a submarine', variants: [], answer: 'In the harbour.' };
    const gained = await editor.send<FaqReplayResult>('POST', '/api/faq/replay', { draft: { id: 'submarine', locale: 'en', content } });
    expect(gained.body).toMatchObject({ broken: 0, gained: 1 });
  });
});

describe('what people confirm', () => {
  it('is remembered per question and counted', async () => {
    const question = await askAs(server, 'my tent has a hole, is that on you');
    asked.push(question);
    const confirmed = await editor.send('POST', '/api/faq/warranty/confirm', { messageId: question.messageId });
    expect(confirmed.status).toBe(200);
    expect((await editor.send('POST', '/api/faq/warranty/confirm', { messageId: 'msg_unknown' })).status).toBe(404);
    expect((await editor.send('POST', '/api/faq/no-such-entry/confirm', { messageId: question.messageId })).status).toBe(404);
  });

  it('makes readiness a number: what the FAQ alone would have answered', async () => {
    const readiness = await editor.get<FaqReadiness>('/api/faq/readiness?days=30');
    expect(readiness.totals.questions).toBeGreaterThanOrEqual(6);
    expect(readiness.totals.whenDown).toBe(readiness.totals.questions);
    expect(readiness.answeredShare).toBeCloseTo(readiness.totals.answered / readiness.totals.questions);
    expect(readiness.summary).toContain(`${Math.round((readiness.answeredShare ?? 0) * 100)} %`);
    expect(readiness.daily).toHaveLength(1);
  });
});

describe('while the models answer', () => {
  it('compares what the FAQ would have said with what they cited', async () => {
    const simulated = await startFaqServer({ env: { STEPDOWN_SIMULATE: 'auto' } });
    const mine = editorOf(simulated, await setUpAdmin(simulated));
    const { visitor, tier } = await askAs(simulated, WARRANTY);
    visitor.close();
    expect(tier).toBe('claude');
    const readiness = () => mine.get<FaqReadiness>('/api/faq/readiness');
    await expect
      .poll(async () => (await readiness()).totals)
      .toMatchObject({ questions: 1, answered: 1, whenDown: 0, comparable: 1, agreed: 1 });
    expect((await readiness()).agreementShare).toBe(1);
    await simulated.stop();
  });
});

describe('duplicates', () => {
  it('finds an entry that asks the same as another', { timeout: 60_000 }, async () => {
    await editor.publish('guarantee-copy', { question: `${WARRANTY}`, variants: [], answer: 'One year.' });
    const { pairs } = await editor.get<{ pairs: { kind: string; first: { id: string }; second: { id: string } }[] }>('/api/faq/duplicates');
    expect(pairs.map(({ first, second }) => [first.id, second.id])).toContainEqual(['guarantee-copy', 'warranty']);
  });
});
