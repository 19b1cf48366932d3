import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ConversationEvent, type Message, takeOver } from '@stepdown/conversation';
import { silentLog, systemClock } from '@stepdown/kernel';
import { openStore, type Store } from '@stepdown/store';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { deferQuestion, outageWorld, type World, withdrawQuestion } from '../support/outage-world.ts';
import { startPostgres } from '../support/postgres.ts';

// Before the tests are collected: without a server there is nothing to list.
const postgres = await startPostgres();
afterAll(() => postgres?.stop());

type Step =
  | { readonly do: 'defer' | 'withdraw'; readonly question: number; readonly process: number }
  | { readonly do: 'round' | 'kill'; readonly process: number }
  | { readonly do: 'claim'; readonly question: number; readonly process: number }
  | { readonly do: 'models'; readonly areUp: boolean }
  | { readonly do: 'later'; readonly seconds: number }
  | { readonly do: 'breathe'; readonly turns: number };

const index = fc.nat(2);
const processIndex = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('defer' as const), question: index, process: processIndex }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), question: index, process: processIndex }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('round' as const), process: processIndex }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), process: processIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim' as const), question: index, process: processIndex }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('models' as const), areUp: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('later' as const), seconds: fc.constantFrom(2, 6, 20, 65) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('breathe' as const), turns: fc.nat(40) }) },
);

/** What the outside was promised, in the order of the acknowledgements. */
interface Promised {
  isParked: boolean;
  wasClaimed: boolean;
}

async function play(world: World, steps: readonly Step[], questions: readonly Message[]): Promise<readonly Promised[]> {
  const promised: Promised[] = questions.map(() => ({ isParked: false, wasClaimed: false }));
  const running: Promise<unknown>[] = [];
  for (const each of steps) {
    if (each.do === 'models') world.models(each.areUp);
    if (each.do === 'later') world.later(each.seconds * 1_000);
    if (each.do === 'round') running.push(world.process(each.process).attendant.round());
    if (each.do === 'kill') await world.kill(each.process);
    if (each.do === 'breathe') for (let turn = 0; turn < each.turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (each.do === 'defer' || each.do === 'withdraw' || each.do === 'claim') {
      const question = questions[each.question];
      const promise = promised[each.question];
      if (question !== undefined && promise !== undefined) await command(world, each, { question, promise });
    }
  }
  await Promise.race([Promise.allSettled(running), new Promise((resolve) => setTimeout(resolve, 20))]);
  return promised;
}

async function command(
  world: World,
  each: Extract<Step, { question: number }>,
  { question, promise }: { readonly question: Message; readonly promise: Promised },
): Promise<void> {
  const { ports } = world.process(each.process);
  const of = { visitorId: world.visitorId, conversationId: question.conversationId, messageId: question.id };
  if (each.do === 'claim') {
    await takeOver(ports, question.conversationId, { id: 'agt_1', name: 'Mara' });
    promise.wasClaimed = true;
  } else if (each.do === 'defer') {
    const result = await deferQuestion(ports, of);
    if (result.ok && result.value.isDeferred) promise.isParked = true;
  } else {
    const result = await withdrawQuestion(ports, of);
    if (result.ok && result.value.isWithdrawn) promise.isParked = false;
  }
}

const title = '[C18][C19][C22] answers every parked question exactly once, over two processes, kill -9, withdrawals and claims';

/** One search; `openRun` gives what opens the store of a process in one run, and what closes the run. */
async function search(numRuns: number, openRun: () => { open(): Promise<Store>; close(): void }): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
      const run = openRun();
      const world = await outageWorld(() => run.open());
      try {
        const questions = [await world.ask('one?'), await world.ask('two?'), await world.ask('three?')];
        const promised = await play(world, steps, questions);
        await world.comeToRest();
        for (const [position, question] of questions.entries()) {
          const promise = promised[position];
          if (promise !== undefined) await check(world, question, promise);
        }
        checkCompletions(world.events);
      } finally {
        await world.close();
        run.close();
      }
    }),
    { numRuns },
  );
}

describe('parked questions', () => {
  it(`${title}, on the embedded store`, { timeout: 120_000 }, () =>
    search(120, () => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'stepdown-parked-'));
      // The embedded store has one process; two attendants on it meet in every other way.
      const store = openStore({ dataDir, clock: systemClock, log: silentLog });
      return { open: () => store, close: () => rmSync(dataDir, { recursive: true, force: true }) };
    }),
  );

  it.skipIf(postgres === undefined)(`${title}, on PostgreSQL`, { timeout: 120_000 }, () =>
    search(40, () => ({
      open: () => openStore({ url: postgres?.url, clock: systemClock, log: silentLog }),
      close: () => undefined,
    })),
  );
});

async function check(world: World, question: Message, promise: Promised): Promise<void> {
  const messages = await world.store.conversations.messagesAfter(question.conversationId, 0);
  const turns = await world.store.turns.ofConversation(question.conversationId);
  const jobs = await world.store.jobs.list({ conversationId: question.conversationId, limit: 50 });
  const answers = turns.filter(({ cause }) => cause === 'answered').length;
  const handedOver = messages.filter(({ notice }) => notice === 'deferral-ended').length;
  expect(messages.filter(({ status }) => status === 'streaming')).toEqual([]);
  expect(jobs.filter(({ state }) => state === 'waiting' || state === 'running')).toEqual([]);
  expect(answers + handedOver).toBeLessThanOrEqual(1);
  const claimedAt = messages.find(({ notice }) => notice === 'agent-joined')?.seq;
  const after = messages.filter(({ seq, author }) => claimedAt !== undefined && seq > claimedAt && author === 'assistant');
  expect(after).toEqual([]);
  if (promise.wasClaimed) return;
  expect(answers + handedOver).toBe(promise.isParked ? 1 : 0);
  const outage = messages.find(({ seq }) => seq === question.seq + 1);
  expect(outage?.deferral).toBe(promise.isParked ? 'ended' : 'possible');
}

function checkCompletions(events: readonly ConversationEvent[]): void {
  const completed = events.flatMap((event) => (event.type === 'message.completed' ? [event.message.id] : []));
  expect(new Set(completed).size).toBe(completed.length);
}
