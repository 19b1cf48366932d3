import { describe, expect, it } from 'vitest';
import { createMatcher } from './match.ts';
import { readAnswer } from './offline-faq.ts';
import type { SavedEntry } from './saved-entry.ts';

function entry(id: string, question: string, ...variants: string[]): SavedEntry {
  return { id, question, variants, answer: id, updatedAt: null };
}

const match = createMatcher([
  entry('returns', 'How long do I have to return something?', 'return deadline', 'until when can I send things back'),
  entry('delivery', 'How long does delivery take?', 'when will my parcel arrive'),
  entry('password', 'How do I reset my password?', 'forgot my password'),
  entry('返品', '返品の期限はいつですか？'),
]);

describe('the matcher without a server', () => {
  it.each([
    ['What is the deadline for a return?', 'returns'],
    ['can I still send it back', 'returns'],
    ['when does my parcel arrive?', 'delivery'],
    ['I forgot the password!!', 'password'],
    ['返品の期限', '返品'],
  ])('%s → %s', (question, id) => {
    expect(match(question)?.id).toBe(id);
  });

  it.each(['Is the red kettle dishwasher safe?', 'how long', '', '???'])('stays silent rather than wrong: %s', (question) => {
    expect(match(question)).toBeNull();
  });
});

describe('kept answers', () => {
  it('of another shape are left out one by one', () => {
    const { entries, suggested } = readAnswer({
      entries: [{ id: 'a', question: 'A?', answer: 'A.', updated: '2026-03-02' }, { id: 'b' }, null, 'x'],
      suggested: ['A?', 7],
    });
    expect(entries).toEqual([{ id: 'a', question: 'A?', answer: 'A.', variants: [], updatedAt: Date.parse('2026-03-02') }]);
    expect(suggested).toEqual(['A?']);
    expect(readAnswer('nonsense').entries).toEqual([]);
  });
});
