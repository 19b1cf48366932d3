import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaqEntry } from '../types.ts';
import { parseEntry } from './parse-entry.ts';
import { formatProblem } from './problem.ts';
import { pathOfEntry, serializeEntry } from './serialize-entry.ts';

const problemsOf = (text: string, path = 'en/a.md'): string[] => {
  const parsed = parseEntry(text, path);
  return parsed.ok ? [] : parsed.error.map(formatProblem);
};

describe('parseEntry', () => {
  it('[F20] reads front matter, body and the locale of the folder', () => {
    const parsed = parseEntry(
      '---\nid: a\nquestion: "Why: so?"\nvariants: [why]\ntags: [x]\nupdated: 2026-03-02\n---\n\nBecause.\n',
      '/data/de-AT/a.md',
    );
    expect(parsed).toEqual({
      ok: true,
      value: { id: 'a', question: 'Why: so?', variants: ['why'], tags: ['x'], updated: '2026-03-02', answer: 'Because.', locale: 'de-AT' },
    });
  });

  it.each([
    ['no front matter', 'just text', 'en/a.md:1: there is no front matter'],
    ['a missing question', '---\nid: a\n---\nText', 'en/a.md:2: question is missing'],
    ['an unknown field', '---\nid: a\nquestion: Q\nvarients: [a]\n---\nText', 'en/a.md:4: unknown field varients'],
    ['a bad variant', '---\nid: a\nquestion: Q\nvariants:\n  - fine\n  - 12\n---\nText', 'en/a.md:6: variants.1'],
    ['a bad date', '---\nid: a\nquestion: Q\nupdated: soon\n---\nText', 'en/a.md:4: updated is no date'],
    ['broken YAML', '---\nid: a\nquestion: Q: R\n---\nText', 'en/a.md:3: the front matter is no YAML'],
    ['no answer', '---\nid: a\nquestion: Q\n---\n', 'en/a.md:5: the answer is empty'],
    ['a bad id', '---\nid: A B\nquestion: Q\n---\nText', 'en/a.md:2: id may hold'],
    ['an empty block', '---\n\n---\nText', 'en/a.md:2: the front matter holds no fields'],
  ])('[F21] names the line of %s', (_name, text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it('[F21] asks for a locale folder', () => {
    expect(problemsOf('---\nid: a\nquestion: Q\n---\nText', '/a.md')[0]).toContain('no locale folder');
  });

  it('[F21] expands no aliases', () => {
    expect(problemsOf('---\nid: a\nquestion: &q Q\nvariants: [*q, *q]\n---\nText')).not.toEqual([]);
  });

  it('[F24] reads back what serializeEntry wrote', () => {
    const line = fc
      .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const entry: fc.Arbitrary<FaqEntry> = fc.record({
      id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
      question: line,
      variants: fc.array(line, { maxLength: 4 }),
      answer: line,
      locale: fc.constantFrom('en', 'de-AT', 'ja'),
    });
    fc.assert(
      fc.property(entry, (before) => {
        expect(parseEntry(serializeEntry(before), pathOfEntry(before))).toEqual({ ok: true, value: before });
      }),
    );
  });

  it('[F21] never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseEntry(`---\n${text}\n---\n${text}`, 'en/a.md')));
  });
});
