import type { AnswerRequest, HistoryTurn, TierId } from '@stepdown/kernel';
import { err, ok, type Result } from '@stepdown/kernel';
import { type Draft, type DraftPorts, draftAnswer } from './draft-answer.ts';
import type { FloorEntry, FloorFinding } from './ports.ts';
import type { Conversation, Message } from './record.ts';

const MESSAGES_READ = 40;
const HITS = 3;
const SUMMARY_QUESTION =
  'Summarise this conversation in at most two sentences for the colleague of the support team who takes it over now: what the customer wants, and what has been said or promised so far. Only the summary.';

export interface SuggestedText {
  readonly text: string;
  /** Who wrote it: a model's tier, or `faq` for a template. */
  readonly tier: TierId;
  readonly model: string | undefined;
}

export interface Suggestion {
  readonly summary: SuggestedText;
  readonly reply: SuggestedText & { readonly sourceIds: readonly string[] };
  /** What the FAQ has on the question, best first. */
  readonly hits: readonly FloorEntry[];
  /** The last message that was taken into account. */
  readonly upToSeq: number;
}

/**
 * A summary and a reply for the agent to edit. Models write both if one answers; without any, the summary is counted
 * and quoted, and the reply is the FAQ's, each labelled with its tier. `closed`: the visitor has not said anything.
 */
export async function suggestReply(ports: DraftPorts, conversationId: string): Promise<Result<Suggestion, 'not_found' | 'closed'>> {
  const conversation = await ports.conversations.get(conversationId);
  if (conversation === undefined) return err('not_found');
  const messages = await ports.conversations.lastMessages(conversationId, MESSAGES_READ);
  const question = messages.findLast(({ author }) => author === 'visitor');
  if (question === undefined) return err('closed');
  const earlier = messages.filter(({ seq }) => seq < question.seq);
  const previousQuestion = earlier.findLast(({ author }) => author === 'visitor')?.text;
  const finding = await ports.floor.find({ question: question.text, locale: conversation.locale, previousQuestion });
  const base = { locale: conversation.locale, visitorHash: ports.hashVisitor(conversation.visitorId) };
  const [summary, reply] = await Promise.all([
    quietly(draftAnswer(ports, conversation, summaryRequest(base, messages))),
    quietly(
      draftAnswer(ports, conversation, {
        ...base,
        question: question.text,
        history: historyOf(earlier),
        grounding: [...finding.grounding],
      }),
    ),
  ]);
  return ok({
    summary: summary === undefined ? countedSummary(conversation, messages, question) : textOf(summary),
    reply: reply === undefined ? templateReply(finding) : { ...textOf(reply), sourceIds: reply.sourceIds },
    hits: finding.grounding.slice(0, HITS),
    upToSeq: conversation.lastSeq,
  });
}

/** A suggestion is a favour: whatever goes wrong with it, the agent gets the template. */
async function quietly(draft: Promise<Draft | undefined>): Promise<Draft | undefined> {
  return draft.catch(() => undefined);
}

function textOf({ text, tier, model }: Draft): SuggestedText {
  return { text, tier, model };
}

function summaryRequest(base: Pick<AnswerRequest, 'locale' | 'visitorHash'>, messages: readonly Message[]): AnswerRequest {
  return { ...base, question: SUMMARY_QUESTION, history: historyOf(messages), grounding: [] };
}

function historyOf(messages: readonly Message[]): readonly HistoryTurn[] {
  return messages.flatMap((message): HistoryTurn[] => {
    if (message.author === 'system' || message.text === '' || message.status !== 'complete') return [];
    return [{ author: message.author, text: message.text }];
  });
}

const QUOTED = 160;

function countedSummary({ createdAt }: Conversation, messages: readonly Message[], question: Message): SuggestedText {
  const asked = messages.filter(({ author }) => author === 'visitor').length;
  const answered = messages.filter(({ author, text }) => (author === 'assistant' || author === 'agent') && text !== '').length;
  const quote = question.text.length > QUOTED ? `${question.text.slice(0, QUOTED).trimEnd()}…` : question.text;
  const since = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  const text = `Last question: “${quote.replaceAll(/\s+/g, ' ')}” ${asked} from the customer, ${answered} answered, since ${since} UTC.`;
  return { text, tier: 'faq', model: undefined };
}

function templateReply(finding: FloorFinding): Suggestion['reply'] {
  if (finding.result.kind === 'answer') {
    const { entry } = finding.result;
    return { text: entry.answer, tier: 'faq', model: undefined, sourceIds: [entry.id] };
  }
  const text = 'Hello {name}, thank you for waiting. I am looking into this for you and will answer here.';
  return { text, tier: 'handoff', model: undefined, sourceIds: [] };
}
