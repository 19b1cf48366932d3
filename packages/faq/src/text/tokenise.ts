import { lightStemArabic } from './arabic.ts';
import { normaliseQuestion } from './normalise.ts';

/** Longest question in words; more can't make the question clearer, only slower. */
const MOST_WORDS = 120;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const ARABIC = /\p{Script=Arabic}/u;

/** The words of a text, in order. Scripts without spaces give single characters, so that bigrams of them are the classic CJK bigrams. */
export function wordsOf(text: string, language: string): string[] {
  const words: string[] = [];
  for (const chunk of normaliseQuestion(text, language).split(' ')) {
    if (chunk !== '') addWords(words, chunk);
    if (words.length >= MOST_WORDS) break;
  }
  return words.slice(0, MOST_WORDS);
}

function addWords(words: string[], chunk: string): void {
  if (UNSPACED.test(chunk)) {
    let end = 0;
    for (const run of chunk.matchAll(UNSPACED_RUN)) {
      if (run.index > end) words.push(chunk.slice(end, run.index));
      words.push(...run[0]);
      end = run.index + run[0].length;
    }
    if (end < chunk.length) words.push(chunk.slice(end));
    return;
  }
  words.push(ARABIC.test(chunk) ? lightStemArabic(chunk) : chunk);
}

/** True for a single character of a script that is written without spaces. */
export function isUnspaced(word: string): boolean {
  return word.length <= 2 && UNSPACED.test(word);
}
