import { createHash } from 'node:crypto';
import {
  type AnswerPorts,
  type ConversationEvent,
  createParkedAttendant,
  createTurnBoard,
  type DeferPorts,
  type Message,
  type ParkedAttendant,
  receiveMessage,
  type TurnBoard,
} from '@stepdown/conversation';
import { type Clock, createIds, silentLog, systemClock } from '@stepdown/kernel';
import { withPolicy } from '@stepdown/ladder';
import type { Store } from '@stepdown/store';
import { bothModels, noModel, nothing, says } from './house.ts';

export { deferQuestion, withdrawQuestion } from '@stepdown/conversation';

export interface WorldProcess {
  readonly ports: DeferPorts;
  readonly board: TurnBoard;
  readonly attendant: ParkedAttendant;
}

/** Two processes on one store, in an outage, with a clock that can be moved. */
export interface World {
  readonly visitorId: string;
  readonly store: Store;
  readonly events: readonly ConversationEvent[];
  process(index: number): WorldProcess;
  /** Every call to the store that is not done yet never ends; another process takes the place. */
  kill(index: number): Promise<void>;
  models(areUp: boolean): void;
  later(milliseconds: number): void;
  ask(text: string): Promise<Message>;
  /** Models up, time passes, orphans are adopted, until nothing is left to do. */
  comeToRest(): Promise<void>;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const policy = withPolicy({ deferredPerMinute: 600_000, firstTextMs: 400, textGapMs: 400, headersMs: 400 });

/** `openOne` is called for each process; the embedded store is one for both. */
export async function outageWorld(openOne: () => Promise<Store>): Promise<World> {
  const state = { aheadMs: 0, areUp: false };
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + state.aheadMs };
  const newId = createIds({ clock, random: Math.random });
  const events: ConversationEvent[] = [];
  const visitorId = newId('vis');
  const stores: Store[] = [];

  async function start(): Promise<WorldProcess & { die(): void }> {
    const store = await openOne();
    stores.push(store);
    const life = { isOver: false };
    const mortal = <Part extends object>(part: Part): Part => mortalPart(part, life);
    const publish = (event: ConversationEvent): void => {
      if (!life.isOver) events.push(event);
    };
    const shared = { conversations: mortal(store.conversations), turns: mortal(store.turns), publish, clock, newId };
    const processId = newId('prb');
    const board = createTurnBoard({ ...shared, ...answering(() => state.areUp), processId });
    const ports: DeferPorts = { ...shared, board, processId, jobs: mortal(store.jobs), policy };
    const assistantSince = () => (state.areUp ? clock.now() - HOUR_MS : undefined);
    const attendant = createParkedAttendant({ ...ports, policy, assistantSince, mail: undefined, log: silentLog });
    return {
      ports,
      board,
      attendant,
      die() {
        life.isOver = true;
      },
    };
  }

  const processes = [await start(), await start()];
  const store = stores[0];
  if (store === undefined) throw new Error('A process has a store.');
  await store.visitors.create({ id: visitorId, tokenHash: createHash('sha256').update(visitorId).digest('hex'), createdAt: clock.now() });
  const processAt = (index: number) => {
    const found = processes[index];
    if (found === undefined) throw new Error(`There is no process ${index}.`);
    return found;
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

  async function settle(): Promise<void> {
    for (let patience = 0; patience < 400 && processes.some(({ board }) => board.size > 0); patience += 1) await pause();
  }

  return {
    visitorId,
    store,
    events,
    process: processAt,
    async kill(index) {
      processAt(index).die();
      processes[index] = await start();
    },
    models(areUp) {
      state.areUp = areUp;
    },
    later(milliseconds) {
      state.aheadMs += milliseconds;
    },
    async ask(text) {
      const { ports } = processAt(0);
      const command = { visitorId, site: 'default', locale: 'en', conversationId: undefined, choiceId: undefined };
      const received = await receiveMessage(ports, { ...command, clientMessageId: newId('evt'), text });
      if (!received.ok) throw new Error(received.error);
      await settle();
      return received.value.message;
    },
    async comeToRest() {
      state.areUp = true;
      for (let round = 0; round < 14; round += 1) {
        state.aheadMs += 70_000;
        for (const { board, attendant } of processes) {
          await board.adoptOrphans();
          await attendant.round();
        }
        await settle();
      }
    },
    async close() {
      for (const each of processes) each.die();
      await Promise.all([...new Set(stores)].map((each) => each.close()));
    },
  };
}

function answering(areUp: () => boolean): Omit<AnswerPorts, 'conversations' | 'turns' | 'publish' | 'clock' | 'newId' | 'processId'> {
  return {
    ladder: { plan: () => (areUp() ? bothModels : noModel), takeRetry: () => false, admit: () => () => undefined },
    policy,
    floor: { find: () => nothing, entry: () => undefined },
    // A model that has gone again by the time it is asked makes the turn find the outage back.
    attempt: (_route, _request, signal) => (areUp() ? says(['One ', 'answer.']) : says([], 'cut'))(signal),
    report: () => undefined,
    random: Math.random,
    log: silentLog,
    hashVisitor: (id) => id,
    canDefer: true,
  };
}

/** The store as a process sees it: after `kill -9` nothing it asked for comes back, and nothing new is done. */
function mortalPart<Part extends object>(part: Part, life: { readonly isOver: boolean }): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        if (life.isOver) return new Promise(() => undefined);
        const value: unknown = await Reflect.apply(member, target, args);
        return life.isOver ? new Promise(() => undefined) : value;
      };
    },
  });
}
