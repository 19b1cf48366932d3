import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeSchema } from '@stepdown/protocol';
import { describe, expect, it } from 'vitest';
import { root } from '../support/server.ts';

const doc = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');
const [startPart = '', wirePart = ''] = doc.split('## On the wire');
const codesIn = (text: string): string[] => [...text.matchAll(/^\| `([\w-]+)`/gm)].map((match) => match[1] ?? '');

function codesThrown(): string[] {
  const files = ['packages/*/src/**/*.ts', 'apps/server/src/**/*.ts'].flatMap((pattern) => globSync(pattern, { cwd: root }));
  const found = files
    .filter((file) => !/\.test\.ts$|testing/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, file), 'utf8');
      return [...source.matchAll(/new StepdownError\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? '');
    });
  return [...new Set(found)].sort();
}

describe('docs/errors.md', () => {
  it('has a row for every code that is thrown, and no other', () => {
    expect(codesIn(startPart).sort()).toEqual(codesThrown());
  });

  it('has a row for every code of the wire, and no other', () => {
    expect(codesIn(wirePart).sort()).toEqual([...errorCodeSchema.options].sort());
  });
});
