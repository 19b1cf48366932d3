import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

describe('a line of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '=cmd|"/C calc"!A0'])('[D26] disarms %j', (text) => {
    const line = csvLine([text]);
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('[D26] leaves harmless text and numbers as they are', () => {
    expect(csvLine(['order 12', -4, null, 'a-b', 'x=1', undefined])).toBe('order 12,-4,,a-b,x=1,\r\n');
  });

  it('quotes what would break the line', () => {
    expect(csvLine(['say "hi"', 'a,b', 'two\nlines'])).toBe('"say ""hi""","a,b","two\nlines"\r\n');
  });
});
