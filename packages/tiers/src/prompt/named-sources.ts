import type { AnswerEvent, AttemptOutcome } from '@stepdown/kernel';
import { createAnswerFilter } from './answer-text.ts';

/**
 * Takes the closing "Sources: …" line out of the visible text and names its entries at the `end` instead. Text is
 * held back only while it could be the start of that line, so the first word is not delayed.
 */
export async function* withNamedSources(events: AsyncIterable<AnswerEvent>, knownIds: Iterable<string>): AsyncIterable<AnswerEvent> {
  const filter = createAnswerFilter(knownIds);
  let hasText = false;
  for await (const event of events) {
    if (event.type === 'delta') {
      const text = filter.push(event.text);
      hasText ||= text !== '';
      if (text !== '') yield { type: 'delta', text };
    } else if (event.type === 'end') {
      const { text, sourceIds } = filter.end();
      hasText ||= text !== '';
      if (text !== '' && event.outcome.kind !== 'failed') yield { type: 'delta', text };
      yield { ...event, outcome: hasText ? event.outcome : emptied(event.outcome), sourceIds };
    } else {
      yield event;
    }
  }
}

/** An answer that was nothing but its sources line has said nothing to the visitor. */
function emptied(outcome: AttemptOutcome): AttemptOutcome {
  return outcome.kind === 'complete'
    ? { kind: 'failed', failure: { reason: 'empty', detail: 'The answer has no text beside its sources line' } }
    : outcome;
}
