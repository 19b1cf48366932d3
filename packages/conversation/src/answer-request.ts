import type { AnswerRequest, GroundingEntry, HistoryTurn } from '@stepdown/kernel';
import type { AnswerPorts } from './answer-ports.ts';
import { isAnswerOfParked } from './parked-question.ts';
import type { FloorFinding } from './ports.ts';
import type { Conversation, Message, Turn } from './record.ts';
import type { SavedAnswerLookUp } from './saved-answer-ports.ts';

const HISTORY_MESSAGES = 20;
const GROUNDING_ENTRIES = 6;

/** Everything known about a question before the first attempt. */
export interface PreparedQuestion {
  readonly conversation: Conversation;
  readonly question: Message;
  readonly finding: FloorFinding;
  readonly request: AnswerRequest;
  readonly titles: ReadonlyMap<string, string>;
  /** Under way since the question was read. */
  readonly saved: SavedAnswerLookUp | undefined;
  /** An outage left it unanswered before, and this turn makes up for it. */
  readonly isParked: boolean;
}

/** Reads the question and its surroundings from the store; clients can't add to the history (checklist D29). */
export async function prepareQuestion(ports: AnswerPorts, turn: Turn): Promise<PreparedQuestion | undefined> {
  const conversation = await ports.conversations.get(turn.conversationId);
  const question = await ports.conversations.message(turn.questionMessageId);
  if (conversation === undefined || question === undefined) return undefined;
  const last = await ports.conversations.lastMessages(conversation.id, HISTORY_MESSAGES);
  const earlier = last.filter((message) => message.seq < question.seq);
  const previousQuestion = earlier.findLast((message) => message.author === 'visitor')?.text;
  const history = historyOf(earlier);
  const saved = ports.savedAnswers?.open({
    conversationId: conversation.id,
    text: question.text,
    locale: conversation.locale,
    hasHistory: history.length > 0,
  });
  const finding = await ports.floor.find({ question: question.text, locale: conversation.locale, previousQuestion });
  const grounding = finding.grounding.slice(0, GROUNDING_ENTRIES);
  return {
    conversation,
    question,
    finding,
    saved,
    isParked: last.some((message) => isAnswerOfParked(message, question.id)),
    titles: new Map(grounding.map((entry) => [entry.id, entry.question])),
    request: {
      question: question.text,
      locale: conversation.locale,
      history,
      grounding: grounding.map(({ id, question: asked, answer }): GroundingEntry => ({ id, question: asked, answer })),
      visitorHash: ports.hashVisitor(conversation.visitorId),
    },
  };
}

function historyOf(messages: readonly Message[]): readonly HistoryTurn[] {
  return messages.flatMap((message): HistoryTurn[] => {
    if (message.author === 'system' || message.text === '' || message.status === 'failed') return [];
    return [{ author: message.author, text: message.text }];
  });
}

/** An FAQ entry the visitor picked from the offered ones answers as it is, whatever the tier. */
export function chosenFinding(ports: AnswerPorts, question: PreparedQuestion, choiceId: string): FloorFinding | undefined {
  const entry = ports.floor.entry(choiceId, question.conversation.locale);
  return entry === undefined ? undefined : { result: { kind: 'answer', entry, score: 1 }, grounding: [entry] };
}
