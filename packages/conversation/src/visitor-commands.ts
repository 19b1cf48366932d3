import { err, ok, type Result } from '@stepdown/kernel';
import type { ConversationPorts, Refusal } from './commands.ts';
import { questionOf } from './question-of.ts';
import type { Conversation, Message } from './record.ts';

export interface Opened {
  readonly conversation: Conversation | undefined;
  readonly messages: readonly Message[];
  readonly position: number | undefined;
}

/** What a visitor sees on (re)connect: everything after `afterSeq` and every earlier change (P14), with live text. */
export async function openForVisitor(
  ports: ConversationPorts,
  command: { readonly visitorId: string; readonly conversationId: string | undefined; readonly afterSeq: number },
): Promise<Result<Opened, Refusal>> {
  const conversation =
    command.conversationId === undefined
      ? await ports.conversations.latestOfVisitor(command.visitorId)
      : await ports.conversations.get(command.conversationId);
  if (conversation === undefined) {
    return command.conversationId === undefined ? ok({ conversation: undefined, messages: [], position: undefined }) : err('not_found');
  }
  if (conversation.visitorId !== command.visitorId) return err('not_found');
  const messages = await messagesWithLiveText(ports, conversation.id, command.afterSeq);
  return ok({ conversation, messages, position: await ports.conversations.queuePosition(conversation.id) });
}

/** The store is up to 150 ms behind an answer being written here; what has been said already is laid over it. */
export async function messagesWithLiveText(
  ports: ConversationPorts,
  conversationId: string,
  afterSeq: number,
): Promise<readonly Message[]> {
  const stored = await ports.conversations.messagesAfter(conversationId, afterSeq);
  return stored.map((message) => {
    const live = message.status === 'streaming' ? ports.board.liveText(message.id) : undefined;
    return live === undefined
      ? message
      : { ...message, text: live.text, rev: live.rev, tier: live.tier ?? message.tier, model: live.model ?? message.model };
  });
}

export async function rateMessage(
  ports: ConversationPorts,
  command: { readonly visitorId: string; readonly messageId: string; readonly rating: 'up' | 'down'; readonly comment: string | undefined },
): Promise<Result<Message, Refusal>> {
  const message = await ownMessage(ports, command.visitorId, command.messageId);
  if (message === undefined || message.author === 'visitor') return err('not_found');
  if (command.rating === 'down') await evictSaved(ports, message);
  const comment = command.comment === undefined ? {} : { ratingComment: command.comment };
  const rated = await ports.conversations.updateMessage(message.id, { rating: command.rating, ...comment });
  if (rated === undefined) return err('not_found');
  ports.publish({ type: 'message.updated', message: rated });
  return ok(rated);
}

/** What did not help one visitor is not given to the next. */
async function evictSaved(ports: ConversationPorts, message: Message): Promise<void> {
  if (ports.savedAnswers === undefined || message.author !== 'assistant') return;
  const asked = await questionOf(ports, message);
  const conversation = await ports.conversations.get(message.conversationId);
  if (asked !== undefined && conversation !== undefined) {
    await ports.savedAnswers.evict({ text: asked.question.text, locale: conversation.locale });
  }
}

/** The visitor has read enough; the text so far stays. */
export async function stopAnswer(
  ports: ConversationPorts,
  command: { readonly visitorId: string; readonly messageId: string },
): Promise<Result<Message, Refusal>> {
  const message = await ownMessage(ports, command.visitorId, command.messageId);
  if (message === undefined) return err('not_found');
  if (message.status === 'streaming') ports.board.cancel(message.conversationId, 'the visitor stopped the answer');
  return ok(message);
}

async function ownMessage(ports: ConversationPorts, visitorId: string, messageId: string): Promise<Message | undefined> {
  const message = await ports.conversations.message(messageId);
  if (message === undefined) return undefined;
  const conversation = await ports.conversations.get(message.conversationId);
  return conversation?.visitorId === visitorId ? message : undefined;
}
