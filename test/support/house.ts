import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AnswerPorts,
  type ConversationEvent,
  type ConversationPorts,
  createTurnBoard,
  type FloorFinding,
  type Message,
  receiveMessage,
} from '@stepdown/conversation';
import { type AnswerEvent, createIds, type Signal, silentLog, systemClock } from '@stepdown/kernel';
import { type TurnPlan, withPolicy } from '@stepdown/ladder';
import { openStore, type Store } from '@stepdown/store';

export const entry = { id: 'return-window', question: 'How long can I return?', answer: 'Sixty days.', updatedAt: undefined };
export const found: FloorFinding = { result: { kind: 'answer', entry, score: 0.9 }, grounding: [entry] };
export const nothing: FloorFinding = { result: { kind: 'abstain' }, grounding: [] };

const claude = { routeId: 'claude:m', tier: 'claude', model: 'm', credentialId: 'claude', hedgeAfterMs: undefined } as const;
const gpt = { routeId: 'gpt:m', tier: 'gpt', model: 'm', credentialId: 'gpt', hedgeAfterMs: undefined } as const;
export const bothModels: TurnPlan = { routes: [claude, gpt], cause: 'test' };
export const noModel: TurnPlan = { routes: [], cause: 'test' };

export type Script = (signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/** A source that says these pieces, giving the event loop a turn after each, and ends as asked. */
export function says(pieces: readonly string[], end: 'complete' | 'cut' | 'refused' | 'output-limit' = 'complete'): Script {
  return async function* script(signal) {
    for (const text of pieces) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      yield { type: 'delta', text };
    }
    if (end === 'cut') yield { type: 'end', outcome: { kind: 'failed', failure: { reason: 'cut', detail: 'test' } } };
    else yield { type: 'end', outcome: { kind: end }, sourceIds: [entry.id] };
  };
}

/** Says these pieces and then nothing, until it is no longer wanted. */
export function hangsAfter(pieces: readonly string[]): Script {
  return async function* script(signal) {
    for (const text of pieces) yield { type: 'delta', text };
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  };
}

export interface House {
  readonly store: Store;
  readonly ports: ConversationPorts;
  readonly events: ConversationEvent[];
  readonly signals: Signal[];
  ask(text: string, options?: { clientMessageId?: string; conversationId?: string; choiceId?: string }): Promise<Message>;
  /** Resolves when no turn runs here any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly plan?: TurnPlan;
  readonly finding?: FloorFinding;
  readonly claude?: Script;
  readonly gpt?: Script;
  readonly dataDir?: string;
  readonly processId?: string;
  readonly more?: Partial<AnswerPorts>;
}

/** The use cases over the real embedded store, with scripted models instead of providers. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'stepdown-house-'));
  const clock = systemClock;
  const newId = createIds({ clock, random: Math.random });
  const store = await openStore({ dataDir, clock, log: silentLog });
  const events: ConversationEvent[] = [];
  const signals: Signal[] = [];
  const processId = options.processId ?? 'test';
  const publish = (event: ConversationEvent): void => void events.push(event);
  const finding = options.finding ?? found;
  const board = createTurnBoard({
    conversations: store.conversations,
    turns: store.turns,
    ladder: { plan: () => options.plan ?? bothModels, takeRetry: () => false, admit: () => () => undefined },
    policy: withPolicy({ firstTextMs: 400, textGapMs: 400, headersMs: 400 }),
    floor: { find: () => finding, entry: (id) => (id === entry.id ? entry : undefined) },
    attempt: (route, _request, signal) =>
      (route.tier === 'claude' ? (options.claude ?? says(['Sixty ', 'days.'])) : (options.gpt ?? says(['From ', 'GPT.'])))(signal),
    report: (signal) => void signals.push(signal),
    publish,
    clock,
    random: Math.random,
    newId,
    log: silentLog,
    processId,
    hashVisitor: (visitorId) => visitorId,
    ...options.more,
  });
  const ports: ConversationPorts = { conversations: store.conversations, turns: store.turns, board, publish, clock, newId, processId };
  await store.visitors.create({ id: 'vis_1', tokenHash: '1'.repeat(64), createdAt: clock.now() });
  return {
    store,
    ports,
    events,
    signals,
    async ask(text, more = {}) {
      const received = await receiveMessage(ports, {
        visitorId: 'vis_1',
        site: 'default',
        locale: 'en',
        conversationId: more.conversationId,
        clientMessageId: more.clientMessageId ?? newId('evt'),
        text,
        choiceId: more.choiceId,
      });
      if (!received.ok) throw new Error(received.error);
      return received.value.message;
    },
    async idle() {
      while (board.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    async close() {
      await board.drain(0);
      await store.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
