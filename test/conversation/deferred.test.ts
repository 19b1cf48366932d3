import {
  createParkedAttendant,
  type DeferPorts,
  deferQuestion,
  type Mail,
  type Message,
  type ParkedPorts,
  resolveConversation,
  takeOver,
  withdrawQuestion,
} from '@stepdown/conversation';
import { silentLog } from '@stepdown/kernel';
import { DEFAULT_POLICY, type TurnPlan } from '@stepdown/ladder';
import { afterEach, describe, expect, it } from 'vitest';
import { bothModels, type House, type HouseOptions, noModel, nothing, openHouse, says } from '../support/house.ts';

const HOUR_MS = 3_600_000;
let house: House;
afterEach(() => house.close());

/** A house in an outage whose attendant has a clock that can be moved, so that nobody waits. */
async function inOutage(options: Omit<HouseOptions, 'plan'> = {}, mail: ParkedPorts['mail'] = undefined) {
  const world: { plan: TurnPlan; aheadMs: number; since: number | undefined } = { plan: noModel, aheadMs: 0, since: undefined };
  house = await openHouse({
    finding: nothing,
    ...options,
    more: { canDefer: true, ladder: { plan: () => world.plan, takeRetry: () => false, admit: () => () => undefined }, ...options.more },
  });
  const clock = { ...house.ports.clock, now: () => Date.now() + world.aheadMs };
  const ports: DeferPorts = { ...house.ports, clock, jobs: house.store.jobs, policy: DEFAULT_POLICY };
  const attendant = createParkedAttendant({
    ...ports,
    policy: DEFAULT_POLICY,
    assistantSince: () => world.since,
    mail,
    log: silentLog,
  });
  const question = await house.ask('Do you repair kettles?');
  await house.idle();
  const of = { visitorId: 'vis_1', conversationId: question.conversationId };
  const messages = () => house.store.conversations.messagesAfter(question.conversationId, 0);
  return {
    ports,
    attendant,
    world,
    question,
    messages,
    outageMessage: async (): Promise<Message | undefined> => (await messages()).find(({ seq }) => seq === question.seq + 1),
    defer: (more: { messageId?: string; email?: string } = {}) => deferQuestion(ports, { messageId: question.id, ...of, ...more }),
    withdraw: () => withdrawQuestion(ports, { messageId: question.id, ...of }),
    heal() {
      world.plan = bothModels;
      world.since = Date.now() - HOUR_MS;
    },
    /** A round, and time for the turn it started. */
    async round(aheadMs = 2_000) {
      world.aheadMs += aheadMs;
      await attendant.round();
      await house.idle();
    },
    job: () => house.store.jobs.byDedupeKey(`parked-question:${question.id}`),
  };
}

const shape = (messages: readonly Message[]) =>
  messages.map(({ author, notice, tier, status }) => [author, notice ?? tier ?? '', status].join(' '));

describe('parking a question', () => {
  it('[C17][P17] is offered when the floor found nothing, parks once, and says so once', async () => {
    const { defer, messages, outageMessage, job } = await inOutage();
    expect(await outageMessage()).toMatchObject({ notice: 'not-found', deferral: 'possible' });
    const answers = await Promise.all([defer(), defer(), defer({ messageId: (await outageMessage())?.id ?? '' })]);
    expect(answers).toEqual([1, 2, 3].map(() => ({ ok: true, value: { isDeferred: true } })));
    expect(shape(await messages())).toEqual(['visitor  complete', 'assistant not-found complete', 'system deferred complete']);
    expect(await outageMessage()).toMatchObject({ deferral: 'parked' });
    expect(await job()).toMatchObject({ state: 'waiting', conversationId: (await outageMessage())?.conversationId });
  });

  it('[C17] is not offered after a refusal, an answer, or without an assistant to wait for', async () => {
    house = await openHouse({ claude: says([], 'refused'), more: { canDefer: true } });
    const refused = await house.ask('q');
    await house.idle();
    const ports: DeferPorts = { ...house.ports, jobs: house.store.jobs, policy: DEFAULT_POLICY };
    const command = { visitorId: 'vis_1', conversationId: refused.conversationId, messageId: refused.id };
    expect(await deferQuestion(ports, command)).toEqual({ ok: false, error: 'conflict' });
    expect(await deferQuestion(ports, { ...command, visitorId: 'vis_2' })).toEqual({ ok: false, error: 'not_found' });
    await house.close();
    house = await openHouse({ plan: noModel, finding: nothing });
    const lost = await house.ask('q');
    await house.idle();
    const stored = await house.store.conversations.messagesAfter(lost.conversationId, 1);
    expect(stored[0]).toMatchObject({ notice: 'not-found', deferral: undefined });
  });

  it('[P17] takes five questions of a conversation, no more', async () => {
    const { ports, question } = await inOutage();
    const results = [];
    for (let index = 0; index < 6; index += 1) {
      const next = await house.ask(`q${index}`, { conversationId: question.conversationId });
      await house.idle();
      results.push(await deferQuestion(ports, { visitorId: 'vis_1', conversationId: next.conversationId, messageId: next.id }));
    }
    expect(results.map((result) => (result.ok ? 'parked' : result.error))).toEqual([...Array(5).fill('parked'), 'rate_limited']);
  });
});

describe('when the assistant is back', () => {
  it('[C18][C19][P19] answers once, in the same conversation, with one completion', async () => {
    const { defer, round, heal, messages, outageMessage, job } = await inOutage();
    await defer();
    await round();
    expect(shape(await messages())).toHaveLength(3);
    heal();
    for (let index = 0; index < 4; index += 1) await round(10_000);
    expect(shape(await messages()).slice(3)).toEqual(['system assistant-back complete', 'assistant claude complete']);
    expect((await messages()).at(-1)?.text).toBe('Sixty days.');
    const completions = house.events.filter((event) => event.type === 'message.completed' && event.message.tier === 'claude');
    expect(completions).toHaveLength(1);
    expect(await job()).toMatchObject({ state: 'done' });
    expect(await outageMessage()).toMatchObject({ deferral: 'ended' });
    expect(await defer()).toEqual({ ok: true, value: { isDeferred: false } });
  });

  it('[C18] waits until it has been back for ten seconds, and keeps to its rate', async () => {
    const { ports, world, question, defer, round, messages } = await inOutage();
    await defer();
    const second = await house.ask('And toasters?', { conversationId: question.conversationId });
    await house.idle();
    await deferQuestion(ports, { visitorId: 'vis_1', conversationId: second.conversationId, messageId: second.id });
    world.plan = bothModels;
    world.since = Date.now();
    const answers = async () => (await messages()).filter(({ tier }) => tier === 'claude').length;
    await round(9_000);
    expect(await answers()).toBe(0);
    await round(1_500);
    expect(await answers()).toBe(1);
    const opened = (await messages()).find(({ notice }) => notice === 'assistant-back');
    expect(opened?.clientMessageId).toContain(question.id);
    await round(1_000);
    expect(await answers()).toBe(1);
    await round(4_100);
    expect(await answers()).toBe(2);
  });

  it('[C20] stays parked when the outage comes back, and goes to a person after three turns', async () => {
    const { defer, round, world, messages, job, question } = await inOutage({ claude: says([], 'cut'), gpt: says([], 'cut') });
    await defer();
    world.plan = bothModels;
    world.since = Date.now() - HOUR_MS;
    await round();
    await round();
    expect(shape(await messages()).slice(3)).toEqual(['system assistant-back complete', 'assistant deferred complete']);
    expect(await job()).toMatchObject({ state: 'waiting' });
    for (let index = 0; index < 3; index += 1) {
      await round(61_000);
      await round();
    }
    expect(shape(await messages()).slice(-1)).toEqual(['system deferral-ended complete']);
    expect(shape(await messages()).filter((each) => each === 'assistant deferred complete')).toHaveLength(3);
    expect(await job()).toMatchObject({ state: 'dead' });
    expect(await house.store.conversations.get(question.conversationId)).toMatchObject({ handoff: 'queued', state: 'pending' });
    expect(await house.store.conversations.queuePosition(question.conversationId)).toBe(1);
  });

  it('[C21] is out of time after 24 hours: told honestly, and a person gets it, with the assistant still gone', async () => {
    const { defer, round, messages, outageMessage, job, question } = await inOutage();
    await defer();
    await round(24 * HOUR_MS - 10_000);
    expect(await job()).toMatchObject({ state: 'waiting' });
    await round(10_000);
    await round();
    expect(shape(await messages()).slice(3)).toEqual(['system deferral-ended complete']);
    expect((await messages()).at(-1)?.text).toContain('A person on our team will answer here');
    expect(await job()).toMatchObject({ state: 'dead', lastError: 'not answered in time' });
    expect(await outageMessage()).toMatchObject({ deferral: 'ended' });
    expect(await house.store.conversations.queuePosition(question.conversationId)).toBe(1);
  });

  it('[C22][P18] a withdrawn question is not answered, and can be parked again', async () => {
    const { defer, withdraw, round, heal, messages, outageMessage } = await inOutage();
    expect(await withdraw()).toEqual({ ok: true, value: { isWithdrawn: false } });
    await defer();
    expect(await Promise.all([withdraw(), withdraw()])).toContainEqual({ ok: true, value: { isWithdrawn: true } });
    expect(await outageMessage()).toMatchObject({ deferral: 'possible' });
    heal();
    await round();
    expect(shape(await messages()).slice(2)).toEqual(['system deferred complete', 'system withdrawn complete']);
    await defer();
    await round();
    await round();
    expect(shape(await messages()).slice(4)).toEqual([
      'system deferred complete',
      'system assistant-back complete',
      'assistant claude complete',
    ]);
    expect(await withdraw()).toEqual({ ok: true, value: { isWithdrawn: false } });
  });

  it('[C22] a person who takes or closes the conversation ends it', async () => {
    const taken = await inOutage();
    await taken.defer();
    await takeOver(taken.ports, taken.question.conversationId, { id: 'agt_1', name: 'Mara' });
    taken.heal();
    await taken.round();
    expect(await taken.job()).toBeUndefined();
    expect(await taken.outageMessage()).toMatchObject({ deferral: 'ended' });
    expect(shape(await taken.messages()).slice(3)).toEqual(['system agent-joined complete']);
    expect(await taken.defer()).toMatchObject({ ok: false, error: 'conflict' });
    await house.close();

    const closed = await inOutage();
    await closed.defer();
    await resolveConversation(closed.ports, closed.question.conversationId, { id: 'agt_1', name: 'Mara' });
    closed.heal();
    await closed.round();
    expect(shape(await closed.messages()).slice(3)).toEqual(['system resolved complete']);
  });

  it('[C22] a claim between reading and starting wins', async () => {
    const { defer, question, ports, messages } = await inOutage();
    await defer();
    const turns: DeferPorts['turns'] = {
      ...ports.turns,
      ofConversation: async (conversationId) => {
        await takeOver(ports, question.conversationId, { id: 'agt_1', name: 'Mara' });
        return ports.turns.ofConversation(conversationId);
      },
    };
    const clock = { ...ports.clock, now: () => Date.now() + 5_000 };
    const rest = { policy: DEFAULT_POLICY, assistantSince: () => 0, mail: undefined, log: silentLog };
    await createParkedAttendant({ ...ports, ...rest, clock, turns }).round();
    await house.idle();
    expect(shape(await messages()).slice(3)).toEqual(['system agent-joined complete']);
  });

  it('[C22] a claim that the attendant does not hear of still ends it: the epoch decides', async () => {
    const { defer, question, ports, heal, round, messages } = await inOutage();
    await defer();
    const { jobs: _jobs, ...deaf } = ports;
    await takeOver(deaf, question.conversationId, { id: 'agt_1', name: 'Mara' });
    heal();
    await round();
    expect(shape(await messages()).slice(3)).toEqual(['system agent-joined complete']);
  });
});

describe('the answer by e-mail', () => {
  it('[C23] goes out once, with the id of the answer and without the words of the visitor', async () => {
    const mails: Mail[] = [];
    let isDown = true;
    const mailer = {
      send: async (mail: Mail) => {
        if (isDown) throw new Error('no mail server');
        mails.push(mail);
      },
    };
    const { defer, round, heal, messages } = await inOutage({}, { mailer, siteName: 'Birchkettle' });
    await defer({ email: 'visitor@mail.example' });
    heal();
    for (let index = 0; index < 3; index += 1) await round();
    expect(mails).toEqual([]);
    isDown = false;
    for (let index = 0; index < 3; index += 1) await round(150_000);
    const answer = (await messages()).at(-1);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ id: answer?.id, to: 'visitor@mail.example', subject: 'Birchkettle: the answer to your question' });
    expect(mails[0]?.text).toContain('Sixty days.');
    expect(mails[0]?.text).not.toContain('kettles?');
  });

  it('[C23] does not go to an address whose conversation was deleted', async () => {
    const mails: Mail[] = [];
    const mailer = { send: async (mail: Mail) => void mails.push(mail) };
    const { defer, round, heal, question } = await inOutage({}, { mailer, siteName: 'Birchkettle' });
    await defer({ email: 'visitor@mail.example' });
    heal();
    await house.store.conversations.delete(question.conversationId);
    await round();
    await round();
    expect(mails).toEqual([]);
    expect(await house.store.jobs.list({ limit: 10 })).toEqual([]);
  });
});
