import { createHash } from 'node:crypto';
import type { Conversation, Message, NewMessage, NewTurn, Turn } from '@stepdown/conversation';
import type { Store } from '../types.ts';

/** A wall-clock time that does not fit into 32 bits. */
export const NOW = 1_750_000_000_000;

let count = 0;

/** Unique in the test run, sorting by creation. */
export function nextId(prefix: string): string {
  count += 1;
  return `${prefix}_${String(count).padStart(8, '0')}`;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function visitorMessage(fields: Partial<NewMessage> = {}): NewMessage {
  return {
    id: nextId('msg'),
    author: 'visitor',
    text: 'Where is my order?',
    status: 'complete',
    createdAt: NOW,
    clientMessageId: nextId('client'),
    ...fields,
  };
}

export function answerMessage(fields: Partial<NewMessage> = {}): NewMessage {
  return { id: nextId('msg'), author: 'assistant', text: '', status: 'streaming', createdAt: NOW, ...fields };
}

export function systemMessage(fields: Partial<NewMessage> = {}): NewMessage {
  return { id: nextId('msg'), author: 'system', text: '', status: 'complete', notice: 'agent-joined', createdAt: NOW, ...fields };
}

export function newTurn(questionMessageId: string, fields: Partial<NewTurn> = {}): NewTurn {
  return { id: nextId('trn'), questionMessageId, leaseOwner: 'process-1', leaseUntil: NOW + 15_000, startedAt: NOW, ...fields };
}

export function startConversation(store: Store, visitorId = nextId('vis'), createdAt = NOW): Promise<Conversation> {
  return store.conversations.create({ id: nextId('con'), visitorId, site: 'default', locale: 'en', createdAt });
}

export interface Asked {
  readonly conversation: Conversation;
  readonly question: Message;
  readonly turn: Turn;
}

/** A conversation with one question and its running turn. */
export async function ask(store: Store, { leaseUntil = NOW + 15_000, owner = 'process-1' } = {}): Promise<Asked> {
  const { id: conversationId } = await startConversation(store);
  const message = visitorMessage();
  const turn = newTurn(message.id, { leaseUntil, leaseOwner: owner });
  const result = await store.conversations.append({ conversationId, message, turn });
  const stored = await store.turns.get(turn.id);
  if (result.kind !== 'appended' || stored === undefined) throw new Error('A first question is always appended.');
  return { conversation: result.conversation, question: result.message, turn: stored };
}

/** The same with its answer message, still empty. */
export async function askAndStart(store: Store): Promise<Asked & { readonly answer: Message }> {
  const asked = await ask(store);
  const answer = await store.turns.startAnswer(asked.turn.id, answerMessage());
  if (answer === undefined) throw new Error('A running turn gets its answer message.');
  return { ...asked, answer };
}

export function claimRequest(conversationId: string, agentId = 'agt_1') {
  return { conversationId, agentId, agentName: 'Ada', systemMessage: systemMessage(), at: NOW + 1_000 };
}
