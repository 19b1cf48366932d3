import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

const doc = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

interface Claim {
  readonly item: string;
  readonly file: string;
}

/** One row of the table may name several files. */
function claimsOf(text: string): Claim[] {
  return [...text.matchAll(/^\| (D\d{2}) \|[^|]*\|([^|]*)\|$/gm)].flatMap(([, item = '', files = '']) =>
    [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => ({ item, file })),
  );
}

/** Numbers that titles begin with. A title is the first argument of a call; a comment is no test. */
function itemsTestedIn(source: string): Set<string> {
  const openings = source.match(/\(\s*['"`](?:\[\w+\]\s*)+/g) ?? [];
  return new Set(openings.flatMap((opening) => opening.match(/(?<=\[)D\d{2}(?=\])/g) ?? []));
}

describe('docs/security.md', () => {
  const claims = claimsOf(doc);

  it('has rows', () => {
    expect(claims.length).toBeGreaterThan(30);
    expect(new Set(doc.match(/^\| D\d{2} \|/gm)).size).toBe(new Set(claims.map(({ item }) => item)).size);
  });

  it.each(claims)('claims $item where a title of $file says so', ({ item, file }) => {
    expect(existsSync(path.join(root, file))).toBe(true);
    expect([...itemsTestedIn(readFileSync(path.join(root, file), 'utf8'))]).toContain(item);
  });

  it('reads rows and titles, and does not take a comment for a test', () => {
    const source = "// [D01] is planned\nit('[D02] works', …);\nit.each(x)(\n  `[T1] [D03] %s`, …);\nexpect('[D0').toBe(1);";
    expect([...itemsTestedIn(source)]).toEqual(['D02', 'D03']);
    expect(claimsOf('| D01 | x | `a.test.ts`, `b.test.ts` |\n| D02 | y | none |\n')).toEqual([
      { item: 'D01', file: 'a.test.ts' },
      { item: 'D01', file: 'b.test.ts' },
    ]);
  });
});
