import type { EndedTurn } from '@stepdown/conversation';
import type { FaqReading } from '@stepdown/store';

/** What the FAQ alone would have done in this turn. */
export function readingOf({ turn, tier, locale, finding, citedIds }: EndedTurn, now: number): FaqReading {
  const { result, nearest } = finding;
  const [first] = result.kind === 'choices' ? result.entries : [];
  return {
    turnId: turn.id,
    messageId: turn.questionMessageId,
    conversationId: turn.conversationId,
    locale,
    decision: result.kind,
    entryId: result.kind === 'answer' ? result.entry.id : (first?.id ?? nearest?.entryId),
    score: result.kind === 'answer' ? result.score : nearest?.score,
    citedIds: [...new Set(citedIds)],
    resultTier: tier,
    wasDown: isOutage(turn.cause),
    at: now,
  };
}

/** Causes that begin so mean that no model could answer; a refusal, a pick or a person is no outage. */
function isOutage(cause: string): boolean {
  return cause.startsWith('floor') || cause.startsWith('still parked');
}
