import { sql } from 'kysely';
import type { Writing } from '../engine/engine.ts';

const LONGEST_WORD = 32;
/** Distinct words kept of one text; more than the longest answer has. */
const MOST_WORDS = 800;
const MOST_QUERY_WORDS = 8;
/** Greater than every word with the same beginning, compared byte by byte in UTF-8. */
const LAST_CHARACTER = '\u{10FFFF}';

/** Written without spaces between words: found by pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const SPACED = /[\p{L}\p{N}]+/gu;

/** Words under which a text is found: without case and accents; scripts without spaces as single characters and pairs. */
function searchWords(text: string): readonly string[] {
  const plain = plainText(text);
  const words = new Set<string>();
  for (const [run] of plain.matchAll(UNSPACED)) for (const word of [...run, ...pairs(run)]) words.add(word);
  for (const [word] of plain.replaceAll(UNSPACED, ' ').matchAll(SPACED)) words.add(word.slice(0, LONGEST_WORD));
  return [...words].slice(0, MOST_WORDS);
}

interface SearchTerm {
  readonly word: string;
  readonly isPrefix: boolean;
}

/** All terms must be found. A word stands for its continuations too, so that a search answers while it is being typed. */
export function searchTerms(query: string): readonly SearchTerm[] {
  const plain = plainText(query);
  const terms: SearchTerm[] = [];
  for (const [run] of plain.matchAll(UNSPACED)) {
    const parts = pairs(run);
    for (const word of parts.length > 0 ? parts : [run]) terms.push({ word, isPrefix: false });
  }
  for (const [word] of plain.replaceAll(UNSPACED, ' ').matchAll(SPACED)) {
    terms.push({ word: word.slice(0, LONGEST_WORD), isPrefix: word.length > 1 });
  }
  return terms.slice(0, MOST_QUERY_WORDS);
}

/** Ids of conversations that contain the term, in their texts or in the name and e-mail of their visitor. */
export function conversationsWith({ word, isPrefix }: SearchTerm) {
  const upper = isPrefix ? `${word}${LAST_CHARACTER}` : word;
  return sql<string>`(
    select subject_id from search_word where word >= ${word} and word <= ${upper}
    union
    select c2.id from search_word w join conversation c2 on c2.visitor_id = w.subject_id where w.word >= ${word} and w.word <= ${upper}
  )`;
}

export async function addSearchWords(writing: Writing, subjectId: string, text: string): Promise<void> {
  const words = searchWords(text);
  if (words.length === 0) return;
  await writing
    .insertInto('search_word')
    .values(words.map((word) => ({ subject_id: subjectId, word })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeSearchWords(writing: Writing, subjectId: string): Promise<void> {
  await writing.deleteFrom('search_word').where('subject_id', '=', subjectId).execute();
}

function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}

function pairs(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
