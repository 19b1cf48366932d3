import type { Message, MessageDelta } from '@stepdown/protocol';
import { connectVisitor, type RawVisitor } from '../../support/visitor.ts';

/** What one visitor saw of one question, and when (milliseconds after sending). */
export interface Heard {
  readonly conversationId: string;
  /** The last message of the assistant, with which the question is settled. */
  readonly answer: Message;
  readonly messages: readonly Message[];
  /** Text of each rev as the deltas built it, in the order of the revs. */
  readonly revs: ReadonlyMap<number, string>;
  /** Longest time without new text after the first text; 0 for an answer that came in one piece. */
  readonly longestGapMs: number;
  readonly typingMs: number;
  readonly firstTextMs: number;
  /** First text of the answer that stood in the end. */
  readonly finalTextMs: number;
  readonly completedMs: number;
  /** Times `message:completed` came for each message. */
  readonly completions: readonly number[];
  /** The text was dimmed before another source replaced it. */
  readonly wasInterrupted: boolean;
}

let questions = 0;

/** Asks one question as a new visitor and listens until it is settled. */
export async function ask(url: string, text: string): Promise<Heard> {
  const visitor = await connectVisitor(url);
  try {
    return await askAs(visitor, text);
  } finally {
    visitor.close();
  }
}

/** Asks in the visitor's new conversation. @throws when nothing completes within the raw client's patience. */
export async function askAs(visitor: RawVisitor, text: string): Promise<Heard> {
  questions += 1;
  const sentAt = performance.now();
  const ack = await visitor.send('message:send', { clientMessageId: `chaos-${questions}`, text, locale: 'en' });
  if (!ack.ok) throw new Error(ack.error.message);
  const answer = await visitor.completed((message) => message.status === 'complete');
  return describeHeard(visitor, { sentAt, answer, conversationId: ack.conversationId });
}

interface Settled {
  readonly sentAt: number;
  readonly answer: Message;
  readonly conversationId: string;
}

function describeHeard(visitor: RawVisitor, { sentAt, answer, conversationId }: Settled): Heard {
  const since = (at: number | undefined): number => (at === undefined ? Number.POSITIVE_INFINITY : at - sentAt);
  const deltas = visitor.events.flatMap(({ name, payload, at }) => (name === 'message:delta' ? [{ ...asDelta(payload), at }] : []));
  const revs = new Map<number, string>();
  for (const delta of deltas) revs.set(delta.rev, (delta.offset === 0 ? '' : (revs.get(delta.rev) ?? '')) + delta.text);
  const completedAt = visitor.events.find(({ name, payload }) => name === 'message:completed' && messageIn(payload).id === answer.id)?.at;
  const finalAt = deltas.find((delta) => delta.messageId === answer.id && delta.rev === answer.rev)?.at ?? completedAt;
  const firstAt = deltas[0]?.at ?? completedAt;
  const moments = [...deltas.map(({ at }) => at), ...(completedAt === undefined ? [] : [completedAt])];
  const gaps = moments.map((at, index) => at - (moments[index - 1] ?? at));
  const messages = [...visitor.messages.values()].sort((left, right) => left.seq - right.seq);
  return {
    conversationId,
    answer,
    messages,
    revs,
    longestGapMs: Math.max(0, ...gaps),
    typingMs: since(
      visitor.events.find(({ name, payload }) => name === 'message:created' && messageIn(payload).author === 'assistant')?.at,
    ),
    firstTextMs: since(firstAt),
    finalTextMs: since(finalAt),
    completedMs: since(completedAt),
    completions: messages
      .filter(({ author }) => author === 'assistant')
      .map(({ id }) => visitor.events.filter(({ name, payload }) => name === 'message:completed' && messageIn(payload).id === id).length),
    wasInterrupted: visitor.events.some(({ name, payload }) => name === 'message:updated' && messageIn(payload).status === 'interrupted'),
  };
}

/** Guaranteed by the wire: `message:delta` carries a delta, every other `message:*` event a message. */
function asDelta(payload: unknown): MessageDelta {
  return payload as MessageDelta;
}

function messageIn(payload: unknown): Message {
  return (payload as { message: Message }).message;
}
