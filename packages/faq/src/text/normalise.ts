import { expandContractions } from './contractions.ts';

/** Longest question that is read, in UTF-16 code units; the rest is ignored. A 4,000-character message must stay under 10 ms. */
export const LONGEST_QUESTION = 1_200;

const COMBINING_LATIN = /[\u0300-\u036f]/g;
const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`\uff07]/g;

/**
 * Folds a question to the form the matcher compares: lower case, compatibility forms, no accents on Latin letters, no
 * invisible characters, one Arabic spelling, contractions written out, single spaces. Never throws, whatever the string.
 */
export function normaliseQuestion(text: string, language = 'en'): string {
  const folded = foldLetters(text.length > LONGEST_QUESTION ? text.slice(0, LONGEST_QUESTION) : text);
  return expandContractions(folded, language)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function foldLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, "'")
    .normalize('NFD')
    .replace(COMBINING_LATIN, '')
    .normalize('NFC')
    .replace(/ß/g, 'ss')
    .replace(ARABIC_MARKS, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه');
}

/** `de-AT` → `de`, `zh_Hant` → `zh`; lower case. */
export function baseLanguage(locale: string): string {
  return locale.toLowerCase().split(/[-_]/, 1)[0] ?? '';
}
