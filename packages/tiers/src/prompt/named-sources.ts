import type { AnswerEvent } from '@stepdown/kernel';
import { createAnswerFilter } from './answer-text.ts';

/**
 * Takes the closing "Sources: …" line out of the visible text and names its entries at the `end` instead. Text is
 * held back only while it could be the start of that line, so the first word is not delayed.
 */
export async function* withNamedSources(events: AsyncIterable<AnswerEvent>, knownIds: Iterable<string>): AsyncIterable<AnswerEvent> {
  const filter = createAnswerFilter(knownIds);
  for await (const event of events) {
    if (event.type === 'delta') {
      const text = filter.push(event.text);
      if (text !== '') yield { type: 'delta', text };
    } else if (event.type === 'end') {
      const { text, sourceIds } = filter.end();
      if (text !== '' && event.outcome.kind !== 'failed') yield { type: 'delta', text };
      yield { ...event, sourceIds };
    } else {
      yield event;
    }
  }
}
