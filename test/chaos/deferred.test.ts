import type { Message } from '@stepdown/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { connectAgent, setUpAdmin } from '../security/support/agents.ts';
import { breakProvider } from '../support/faults.ts';
import { quickRecovery } from '../support/quick-recovery.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor, type RawVisitor } from '../support/visitor.ts';

const unknown = 'Which films are in the cinema tonight?';
let server: TestServer;
let visitor: RawVisitor;

afterEach(async () => {
  visitor.close();
  await server.kill();
});

async function models(mode: 'refused' | 'healthy'): Promise<void> {
  await breakProvider(server.url, 'claude', { mode });
  await breakProvider(server.url, 'gpt', { mode });
}

/** A visitor whose question neither a model nor the FAQ has answered. */
async function unansweredQuestion() {
  server = await startServer({ env: quickRecovery() });
  await models('refused');
  visitor = await connectVisitor(server.url);
  const ack = await visitor.send('message:send', { clientMessageId: 'd-1', text: unknown, locale: 'en' });
  if (!ack.ok) throw new Error(ack.error.message);
  const outage = await visitor.completed();
  expect(outage).toMatchObject({ tier: 'handoff', notice: 'not-found', deferral: 'possible' });
  const command = { conversationId: ack.conversationId, messageId: outage.id };
  return { command, outage };
}

async function messagesOf(conversationId: string): Promise<readonly Message[]> {
  const opened = await visitor.send('conversation:open', { conversationId, afterSeq: 0 });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.messages;
}

const shape = (messages: readonly Message[]) => messages.map(({ author, notice, tier }) => `${author} ${notice ?? tier ?? ''}`.trim());

/** Long enough for what must not happen to happen: the assistant is back and several rounds have passed. */
async function untilBackForAWhile(): Promise<void> {
  const tier = async () => (await (await fetch(`${server.url}/api/status`)).json()).tier;
  await expect.poll(tier, { timeout: 20_000 }).toBe('claude');
  await new Promise((resolve) => setTimeout(resolve, 3_500));
}

describe('a deferred question', () => {
  it('[P17][P19] is answered once in the same conversation when the models are back', async () => {
    const { command, outage } = await unansweredQuestion();
    expect(await visitor.send('question:defer', command)).toEqual({ ok: true, deferred: true });
    expect(await visitor.send('question:defer', command)).toEqual({ ok: true, deferred: true });
    expect((await visitor.until('message:updated')) as object).toMatchObject({ message: { id: outage.id, deferral: 'parked' } });
    const healedAt = performance.now();
    await models('healthy');
    const answer = await visitor.completed(({ tier }) => tier === 'claude');
    expect(performance.now() - healedAt).toBeLessThan(15_000);
    await untilBackForAWhile();
    const messages = await messagesOf(command.conversationId);
    expect(shape(messages)).toEqual(['visitor', 'assistant not-found', 'system deferred', 'system assistant-back', 'assistant claude']);
    expect(messages[1]?.deferral).toBeUndefined();
    expect(visitor.textOf(answer.id)).toBe(answer.text);
    const completions = visitor.events.filter(
      ({ name, payload }) => name === 'message:completed' && (payload as { message: Message }).message.id === answer.id,
    );
    expect(completions).toHaveLength(1);
    expect(await visitor.send('question:defer', command)).toEqual({ ok: true, deferred: false });
  });

  it('[P17][P19] survives kill -9 while parked and while it is answered', async () => {
    const { command } = await unansweredQuestion();
    await visitor.send('question:defer', command);
    const { token } = visitor.session;
    const again = async () => {
      visitor.close();
      await server.kill();
      server = await startServer({ env: quickRecovery(), dataDir: server.dataDir, port: server.port });
      visitor = await connectVisitor(server.url, { auth: { token } });
    };
    await again();
    await visitor.until('message:delta');
    await again();
    const done = async () => shape(await messagesOf(command.conversationId)).at(-1) === 'assistant claude';
    await expect.poll(done, { timeout: 20_000, interval: 500 }).toBe(true);
    await untilBackForAWhile();
    const messages = await messagesOf(command.conversationId);
    expect(shape(messages)).toEqual(['visitor', 'assistant not-found', 'system deferred', 'system assistant-back', 'assistant claude']);
    expect(messages.at(-1)).toMatchObject({ status: 'complete' });
    // The job of the killed process is settled by the next one as soon as its lease has ended.
    await expect
      .poll(async () => (await messagesOf(command.conversationId))[1]?.deferral, { timeout: 25_000, interval: 500 })
      .toBeUndefined();
  });

  it('[P18] is not answered once it is withdrawn', async () => {
    const { command, outage } = await unansweredQuestion();
    expect(await visitor.send('question:withdraw', command)).toEqual({ ok: true, withdrawn: false });
    await visitor.send('question:defer', command);
    expect(await visitor.send('question:withdraw', command)).toEqual({ ok: true, withdrawn: true });
    await models('healthy');
    await untilBackForAWhile();
    const messages = await messagesOf(command.conversationId);
    expect(shape(messages)).toEqual(['visitor', 'assistant not-found', 'system deferred', 'system withdrawn']);
    expect(messages[1]).toMatchObject({ id: outage.id, deferral: 'possible' });
  });

  it('[P19] is nobody’s but the agent’s once one has taken the conversation', async () => {
    const { command } = await unansweredQuestion();
    await visitor.send('question:defer', command);
    const admin = await setUpAdmin(server);
    const agent = await connectAgent(server, { cookie: admin.cookie, origin: server.url, token: admin.session.socketToken });
    if (typeof agent === 'string') throw new Error(agent);
    expect(await agent.emitWithAck('conversation:take', { conversationId: command.conversationId })).toMatchObject({ ok: true });
    await models('healthy');
    await untilBackForAWhile();
    agent.close();
    expect(shape(await messagesOf(command.conversationId)).slice(3)).toEqual(['system agent-joined']);
    expect(await visitor.send('question:defer', command)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('[P3] can’t be parked or withdrawn by somebody else', async () => {
    const { command } = await unansweredQuestion();
    const stranger = await connectVisitor(server.url);
    expect(await stranger.send('question:defer', command)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await visitor.send('question:defer', command);
    expect(await stranger.send('question:withdraw', command)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    stranger.close();
  });
});
