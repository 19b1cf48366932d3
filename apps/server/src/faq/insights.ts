import type { ConversationEvent, EndedTurn, PublishConversationEvent } from '@stepdown/conversation';
import type { ConfirmedQuestion, FaqEntry } from '@stepdown/faq';
import { type Clock, type Log, messageOf } from '@stepdown/kernel';
import type { FaqConfirmationOrigin, Store } from '@stepdown/store';
import { usableConfirmations } from './confirmations.ts';
import { readingOf } from './reading.ts';

export interface InsightsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly entries: () => readonly FaqEntry[];
  /** Confirmed questions have changed: the matcher should learn them. */
  readonly onConfirmed: (questions: readonly ConfirmedQuestion[]) => void;
}

/** Learns from real questions: what the FAQ alone would have said, and which entry people confirmed. */
export interface FaqInsights {
  start(): Promise<void>;
  turnEnded(ended: EndedTurn): void;
  /** The same publisher, with ratings heard on the way. */
  listeningTo(publish: PublishConversationEvent): PublishConversationEvent;
  /** A team member says which entry answers the question. False when the question is unknown. */
  confirm(messageId: string, entryId: string, by: string): Promise<boolean>;
  readonly confirmed: readonly ConfirmedQuestion[];
  /** Resolves when what was heard so far is stored. */
  close(): Promise<void>;
}

/** The index is rebuilt once for all confirmations of this time. */
const LEARN_AFTER_MS = 20_000;
const CONFIRMATIONS_READ = 5_000;
/** Messages that are looked back through for the question behind a pick or a rating. */
const LOOK_BACK = 12;

export function createFaqInsights(options: InsightsOptions): FaqInsights {
  const { store, clock, log } = options;
  let confirmed: readonly ConfirmedQuestion[] = [];
  let timer: unknown;
  const running = new Set<Promise<void>>();

  function inBackground(work: Promise<unknown>, what: string): void {
    const done = work.then(
      () => undefined,
      (cause: unknown) => log.warn({ cause: messageOf(cause) }, what),
    );
    running.add(done);
    void done.finally(() => running.delete(done));
  }

  async function learn(): Promise<void> {
    timer = undefined;
    const next = usableConfirmations(await store.faqLearning.confirmed(CONFIRMATIONS_READ), options.entries());
    if (JSON.stringify(next) === JSON.stringify(confirmed)) return;
    confirmed = next;
    options.onConfirmed(next);
  }

  function learnSoon(): void {
    timer ??= clock.setTimeout(() => inBackground(learn(), 'Confirmed questions could not be learned.'), LEARN_AFTER_MS);
  }

  async function confirmQuestion(confirmation: {
    messageId: string;
    entryId: string;
    locale: string;
    origin: FaqConfirmationOrigin;
    by: string;
  }) {
    const { by, ...rest } = confirmation;
    const isNew = await store.faqLearning.confirm({ ...rest, confirmedBy: by, at: clock.now() });
    if (isNew) learnSoon();
  }

  /** The visitor's message that another message of the conversation is about. */
  async function questionBefore(conversationId: string, seq: number) {
    const messages = await store.conversations.lastMessages(conversationId, LOOK_BACK);
    return messages.findLast((message) => message.author === 'visitor' && message.seq < seq);
  }

  async function picked({ turn, finding, locale }: EndedTurn): Promise<void> {
    const entryId = finding.result.kind === 'answer' ? finding.result.entry.id : undefined;
    const pick = await store.conversations.message(turn.questionMessageId);
    const question = pick && (await questionBefore(turn.conversationId, pick.seq));
    if (entryId === undefined || question === undefined) return;
    await confirmQuestion({ messageId: question.id, entryId, locale, origin: 'choice', by: 'visitor' });
  }

  async function rated(message: Extract<ConversationEvent, { type: 'message.updated' }>['message']): Promise<void> {
    const question = await questionBefore(message.conversationId, message.seq);
    if (question === undefined || message.rating === undefined) return;
    await store.faqReadings.rate(question.id, message.rating);
    const [source, ...others] = message.sources;
    if (message.rating === 'down') {
      if (await store.faqLearning.withdrawRating(question.id)) learnSoon();
      return;
    }
    const conversation = await store.conversations.get(message.conversationId);
    if (source === undefined || others.length > 0 || conversation === undefined) return;
    await confirmQuestion({ messageId: question.id, entryId: source.id, locale: conversation.locale, origin: 'rating', by: 'visitor' });
  }

  return {
    start: learn,
    turnEnded(ended) {
      if (ended.turn.cause === 'chosen') inBackground(picked(ended), 'A picked FAQ entry could not be remembered.');
      else inBackground(store.faqReadings.add(readingOf(ended, clock.now())), 'What the FAQ would have said could not be kept.');
    },
    listeningTo: (publish) => (event) => {
      publish(event);
      const isRated = event.type === 'message.updated' && event.message.author === 'assistant' && event.message.rating !== undefined;
      if (isRated) inBackground(rated(event.message), 'A rating could not be learned from.');
    },
    async confirm(messageId, entryId, by) {
      const message = await store.conversations.message(messageId);
      const conversation = message && (await store.conversations.get(message.conversationId));
      if (message?.author !== 'visitor' || conversation === undefined) return false;
      await confirmQuestion({ messageId, entryId, locale: conversation.locale, origin: 'agent', by });
      return true;
    },
    get confirmed() {
      return confirmed;
    },
    async close() {
      clock.clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
