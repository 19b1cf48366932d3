import type { ConversationPorts } from './commands.ts';
import type { Message, Turn } from './record.ts';

export interface AskedAndAnswered {
  readonly question: Message;
  /** The first turn that took the question. */
  readonly turn: Turn;
}

type Reader = Pick<ConversationPorts, 'conversations' | 'turns'>;

/**
 * The question that a message is about, with its first turn: of the question itself, of its answer, or of what the
 * floor said after an answer broke off (it stands right behind it).
 */
export async function questionOf(ports: Reader, message: Message): Promise<AskedAndAnswered | undefined> {
  const turns = await ports.turns.ofConversation(message.conversationId);
  const related = turns.find((turn) => turn.answerMessageId === message.id || turn.questionMessageId === message.id);
  const turn = related ?? (await turnBefore(ports, turns, message));
  const first = turns.find((each) => each.questionMessageId === turn?.questionMessageId);
  const question = first === undefined ? undefined : await ports.conversations.message(first.questionMessageId);
  return first === undefined || question === undefined ? undefined : { question, turn: first };
}

async function turnBefore(ports: Reader, turns: readonly Turn[], message: Message): Promise<Turn | undefined> {
  if (message.author !== 'assistant') return undefined;
  const before = await messageAt(ports, message.conversationId, message.seq - 1);
  return turns.find((turn) => turn.answerMessageId === before?.id);
}

/** The message that told the visitor of the outage: the answer of the first turn, or the one right behind it. */
export async function outageMessageOf(ports: Reader, { turn }: AskedAndAnswered): Promise<Message | undefined> {
  if (turn.answerMessageId === undefined) return undefined;
  const answer = await ports.conversations.message(turn.answerMessageId);
  if (answer === undefined || answer.deferral !== undefined) return answer;
  const behind = await messageAt(ports, answer.conversationId, answer.seq + 1);
  return behind?.deferral === undefined ? undefined : behind;
}

/** Turns spent on a question after its first, oldest first. */
export async function laterTurns(ports: Reader, question: Pick<Message, 'id' | 'conversationId'>): Promise<readonly Turn[]> {
  const turns = await ports.turns.ofConversation(question.conversationId);
  return turns.filter((turn) => turn.questionMessageId === question.id).slice(1);
}

async function messageAt(ports: Reader, conversationId: string, seq: number): Promise<Message | undefined> {
  const messages = await ports.conversations.messagesAfter(conversationId, Math.max(0, seq - 1));
  return messages.find((message) => message.seq === seq);
}
