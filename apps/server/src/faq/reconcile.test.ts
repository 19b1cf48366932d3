import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, type Origin, reconcile } from './reconcile.ts';

const text = (answer: string) => ({ question: 'Q?', variants: [], answer });
const known = (answer: string, revision: number) => ({ content: text(answer), revision });
const standing = (answer: string, revision: number, origin: Origin = 'editor', isArchived = false) => ({
  content: text(answer),
  revision,
  origin,
  isArchived,
});
const compare = (given: Partial<Comparison>) =>
  reconcile({
    file: 'missing',
    known: undefined,
    standing: undefined,
    hasConflict: false,
    isOldText: false,
    isAtStart: false,
    isNewFolder: false,
    ...given,
  });

describe('folder and store', () => {
  it.each<[string, string, Partial<Comparison>]>([
    ['adopt', 'a new file', { file: text('a') }],
    ['agree', 'a file that says what is published', { file: text('a'), known: known('a', 1), standing: standing('a', 1) }],
    ['adopt', 'an edit of a file that was in step', { file: text('b'), known: known('a', 1), standing: standing('a', 1) }],
    ['write', 'a publication in the console', { file: text('a'), known: known('a', 1), standing: standing('b', 2) }],
    ['conflict', 'both', { file: text('c'), known: known('a', 1), standing: standing('b', 2) }],
    [
      'conflict',
      'another edit of a file in conflict',
      { file: text('d'), known: known('a', 1), standing: standing('b', 2), hasConflict: true },
    ],
    ['agree', 'a file in conflict that gave in', { file: text('b'), known: known('a', 1), standing: standing('b', 2), hasConflict: true }],
    ['nothing', 'a broken file', { file: 'broken', known: known('a', 1), standing: standing('b', 2) }],
    ['archive', 'a deleted file', { known: known('a', 1), standing: standing('a', 1) }],
    ['write', 'a file deleted while an editor published', { known: known('a', 1), standing: standing('b', 2) }],
    ['write', 'an entry made in the console', { standing: standing('a', 1) }],
    ['remove-file', 'archiving in the console', { file: text('a'), known: known('a', 1), standing: standing('a', 2, 'editor', true) }],
    ['adopt', 'a new text for an archived entry', { file: text('b'), known: known('a', 1), standing: standing('a', 2, 'editor', true) }],
    [
      'nothing',
      'an archived entry in a folder never seen',
      { file: text('a'), isOldText: true, standing: standing('a', 2, 'editor', true) },
    ],
    ['conflict', 'an unknown file against an editor', { file: text('b'), standing: standing('a', 2) }],
    ['write', 'an unknown file with an old text', { file: text('b'), standing: standing('a', 2), isOldText: true }],
    ['adopt', 'the next release of an image', { file: text('b'), standing: standing('a', 2, 'this-folder'), isNewFolder: true }],
    ['archive', 'a file that the next release dropped', { standing: standing('a', 2, 'this-folder'), isNewFolder: true, isAtStart: true }],
    ['archive', 'an entry of another folder', { standing: standing('a', 2, 'other-folder'), isAtStart: true }],
    [
      'adopt',
      'coming back from another folder',
      { file: text('a'), known: known('a', 1), standing: standing('b', 2, 'other-folder'), isAtStart: true },
    ],
    [
      'nothing',
      'another process with a folder of its own',
      { file: text('a'), known: known('a', 1), standing: standing('b', 2, 'other-folder') },
    ],
    [
      'write',
      'another process with the same folder elsewhere',
      { file: text('a'), known: known('a', 1), standing: standing('b', 2, 'this-folder') },
    ],
    [
      'adopt',
      'coming back from a folder without it',
      { file: text('a'), known: known('a', 1), standing: standing('a', 2, 'other-folder', true), isAtStart: true },
    ],
    [
      'conflict',
      'an old text that appeared while the server was down',
      { file: text('a'), known: known('b', 2), standing: standing('b', 2), isOldText: true, isAtStart: true },
    ],
    ['adopt', 'an old text put back while it runs', { file: text('a'), known: known('b', 2), standing: standing('b', 2), isOldText: true }],
  ])('%s: %s', (decision, _, given) => {
    expect(compare(given)).toBe(decision);
  });

  const anyText = fc.constantFrom('a', 'b', 'c').map(text);
  const anyComparison: fc.Arbitrary<Comparison> = fc.record({
    file: fc.oneof(anyText, fc.constantFrom('missing' as const, 'broken' as const)),
    known: fc.option(fc.record({ content: anyText, revision: fc.integer({ min: 1, max: 3 }) }), { nil: undefined }),
    standing: fc.option(
      fc.record({
        content: anyText,
        revision: fc.integer({ min: 1, max: 3 }),
        isArchived: fc.boolean(),
        origin: fc.constantFrom<Origin>('editor', 'this-folder', 'other-folder'),
      }),
      { nil: undefined },
    ),
    hasConflict: fc.boolean(),
    isOldText: fc.boolean(),
    isAtStart: fc.boolean(),
    isNewFolder: fc.boolean(),
  });

  it('never overwrites or deletes a text that is neither known nor in the history', () => {
    fc.assert(
      fc.property(anyComparison, (comparison) => {
        const { file, known: before, isOldText } = comparison;
        const isUnseen = typeof file === 'object' && !isOldText && JSON.stringify(before?.content) !== JSON.stringify(file);
        if (isUnseen) expect(['write', 'remove-file']).not.toContain(reconcile(comparison));
      }),
    );
  });

  it('never replaces what an editor published by a file that does not know it', () => {
    fc.assert(
      fc.property(anyComparison, (comparison) => {
        const { known: before, standing: now } = comparison;
        const isUnknownToFile = now?.origin === 'editor' && !now.isArchived && before?.revision !== now.revision;
        if (isUnknownToFile) expect(reconcile(comparison)).not.toBe('adopt');
      }),
    );
  });
});
