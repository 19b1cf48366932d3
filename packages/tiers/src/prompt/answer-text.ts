import { matchSourcesMark, type SourcesMark } from './sources-mark.ts';
import { createWordRemover } from './word-remover.ts';

export interface AnswerFilter {
  /** The part of the answer that is certain to be visible. Often shorter than the piece, sometimes longer: held text comes later. */
  push(piece: string): string;
  /** The rest, and the known entries that the answer named, in order and once each. */
  end(): FilteredEnd;
}

export interface FilteredEnd {
  readonly text: string;
  readonly sourceIds: string[];
  /** The model wrote the canary of its prompt. It was taken out; the operator should know. */
  readonly hasLeaked: boolean;
}

/**
 * Takes the "Sources:" line out of a streamed answer, and blank space before and after it. Holds back only what could
 * still be such a line, so the first words are never delayed. However the answer is cut into pieces, the visible text
 * is the same.
 */
export function createAnswerFilter(knownIds: Iterable<string>, options: { readonly canary?: string } = {}): AnswerFilter {
  const known = new Set(knownIds);
  const canary = createWordRemover(options.canary ?? '');
  const sourceIds: string[] = [];
  let held = '';
  let hasText = false;

  /** Moves one blank run and one word, or one mark, out of `held`; undefined when more text is needed to decide. */
  function nextVisible(isFinal: boolean): string | undefined {
    const blank = /^\s*/.exec(held)?.[0] ?? '';
    const rest = held.slice(blank.length);
    if (rest === '') return undefined;
    const mayBegin = blank !== '' || !hasText;
    const mark = mayBegin ? matchSourcesMark(rest, known, isFinal) : 'no';
    if (mark === 'maybe') return undefined;
    if (mark !== 'no') return takeOut(mark, rest);
    const word = /^\S+/.exec(rest)?.[0] ?? '';
    held = rest.slice(word.length);
    const visible = (hasText ? blank : '') + word;
    hasText = true;
    return visible;
  }

  function takeOut(mark: SourcesMark, rest: string): string {
    for (const id of mark.ids) if (!sourceIds.includes(id)) sourceIds.push(id);
    held = rest.slice(mark.length);
    return '';
  }

  function drain(isFinal: boolean): string {
    let visible = '';
    for (let part = nextVisible(isFinal); part !== undefined; part = nextVisible(isFinal)) visible += part;
    return visible;
  }

  return {
    push(piece) {
      held += canary.push(piece);
      return drain(false);
    },
    end() {
      held += canary.end();
      return { text: drain(true), sourceIds: [...sourceIds], hasLeaked: canary.hasFound };
    },
  };
}
