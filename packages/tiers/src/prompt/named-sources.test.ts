import type { AnswerEvent } from '@stepdown/kernel';
import { describe, expect, it } from 'vitest';
import { withNamedSources } from './named-sources.ts';

async function through(pieces: readonly string[], outcome: 'complete' | 'failed' = 'complete'): Promise<AnswerEvent[]> {
  async function* events(): AsyncIterable<AnswerEvent> {
    yield { type: 'headers' };
    for (const text of pieces) yield { type: 'delta', text };
    yield {
      type: 'end',
      outcome: outcome === 'complete' ? { kind: 'complete' } : { kind: 'failed', failure: { reason: 'cut', detail: 'test' } },
    };
  }
  const seen: AnswerEvent[] = [];
  for await (const event of withNamedSources(events(), ['returns', 'warranty'])) seen.push(event);
  return seen;
}

const textOf = (events: readonly AnswerEvent[]): string => events.map((event) => (event.type === 'delta' ? event.text : '')).join('');

describe('named sources', () => {
  it('takes the closing line out of the text and names its entries at the end', async () => {
    const events = await through(['You have ', '30 days.\n\nSour', 'ces: [returns]']);
    expect(textOf(events)).toBe('You have 30 days.');
    expect(events.at(-1)).toMatchObject({ type: 'end', outcome: { kind: 'complete' }, sourceIds: ['returns'] });
  });

  it('calls an answer empty that is nothing but its sources line', async () => {
    const events = await through(['Sources: [returns]']);
    expect(events.at(-1)).toMatchObject({ outcome: { kind: 'failed', failure: { reason: 'empty' } } });
  });

  it('gives nothing more out after a failure', async () => {
    const events = await through(['You have 30 days.\n\nSour'], 'failed');
    expect(textOf(events)).toBe('You have 30 days.');
    expect(events.at(-1)).toMatchObject({ outcome: { kind: 'failed', failure: { reason: 'cut' } } });
  });
});
