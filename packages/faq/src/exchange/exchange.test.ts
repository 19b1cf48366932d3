import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaqEntry } from '../types.ts';
import { parseCsv, writeCsv } from './csv.ts';
import { diffEntries, exportEntries, importEntries } from './exchange.ts';

const entry: FaqEntry = {
  id: 'a',
  locale: 'en',
  question: 'Why?',
  variants: ['how so', '=1+1'],
  answer: 'Because, "so".\n\nReally.',
  tags: ['x'],
};

describe('csv', () => {
  it('[F26] puts an apostrophe before cells that a spreadsheet would run, and takes it off again', () => {
    const cells = ['=cmd()', '+1', '-1', '@x', '\tx', '\rx', "'x", 'x'];
    expect(writeCsv([cells.slice(0, 4)])).toBe("'=cmd(),'+1,'-1,'@x\r\n");
    expect(parseCsv(writeCsv([cells])).rows[0]?.cells).toEqual(cells);
  });

  it('[F26] reads back any cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', "'", '=', ' ', 'é') });
    const row = fc.array(cell, { minLength: 1, maxLength: 4 }).filter((cells) => cells.some((value) => value !== ''));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        expect(parseCsv(writeCsv(rows)).rows.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  it('[F27] names the line of an unclosed quote', () => {
    expect(parseCsv('a,b\n1,"2\n3,4')).toMatchObject({ rows: [{ line: 1 }], brokenLine: 2 });
  });
});

describe('importEntries', () => {
  it.each(['csv', 'json'] as const)('[F26] reads back a %s export', (format) => {
    expect(importEntries(format, exportEntries(format, [entry]))).toEqual({ entries: [entry], problems: [] });
  });

  it('[F27] names the row of each problem and keeps the good rows', () => {
    const text = 'locale,id,question,answer\nen,a,Why?,So\nen,B B,Why?,So\nen,c,,So\nen,a,Again?,So\n';
    const { entries, problems } = importEntries('csv', text);
    expect(entries.map(({ id }) => id)).toEqual(['a']);
    expect(problems.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(problems[2]?.reason).toContain('already used in row 2');
  });

  it.each([
    ['json', '{', 'no JSON'],
    ['json', '{}', 'no list'],
    ['csv', 'id,question\n', 'lacks the columns locale, answer'],
  ] as const)('[F27] explains an unreadable %s file', (format, text, reason) => {
    expect(importEntries(format, text).problems[0]?.reason).toContain(reason);
  });

  it('[F27] never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('csv' as const, 'json' as const), (text, format) => void importEntries(format, text)),
    );
  });
});

describe('diffEntries', () => {
  it('[F28] tells added, changed and equal entries apart', () => {
    const changed = { ...entry, answer: 'New' };
    const added = { ...entry, id: 'b' };
    expect(diffEntries([entry], [entry, changed, added]).map(({ kind, fields }) => [kind, ...fields])).toEqual([
      ['same'],
      ['changed', 'answer'],
      ['added'],
    ]);
  });
});
