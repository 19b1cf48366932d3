import { createHash } from 'node:crypto';
import { baseLanguage, normaliseQuestion } from '@stepdown/faq';

/** A longer question tells a story of its own; nobody else asks it in the same words. UTF-16 code units. */
export const LONGEST_SAVED_QUESTION = 300;

/**
 * Letters, numbers, punctuation, currency. Anything else is refused, because normalising drops it while a model reads
 * it: an instruction in invisible tag characters would otherwise answer for the plain question.
 */
const PLAIN = /^[\p{L}\p{N}\p{M}\p{P}\p{Sc}\p{Sm}\p{Zs}\n\r\t]*$/u;
/** Signs that normalising drops and that change what is asked: 5 € is not 5 $, 1.5 kg is not 15 kg. */
const TELLING_SIGNS = /[\p{Sc}\p{Sm}%#&@*/°]|\p{Nd}+(?:[.,:]\p{Nd}+)+/gu;

/** Words of courtesy: the same question is asked without them. */
const COURTESY: Readonly<Record<string, string>> = {
  en: 'hi hello hey please pls thanks thank good morning afternoon evening there',
  de: 'hallo hi hey guten tag morgen abend bitte danke',
  fr: 'bonjour bonsoir salut merci svp',
  es: 'hola buenas buenos dias tardes gracias',
  pt: 'ola oi bom boa dia tarde noite obrigado obrigada',
};

/** Words without which a question still asks the same. No preposition, pronoun, question word or negation is among them. */
const EMPTY: Readonly<Record<string, string>> = {
  en: 'a an the do does can could just actually',
  de: 'ein eine einen einem einer der die das den dem kann konnen konnte denn mal eigentlich',
  fr: 'un une le la les l est ce que je peux',
  es: 'un una el la los las puedo se puede',
  pt: 'um uma o a os as posso pode se',
};

export interface AskedQuestion {
  /** Normalised, without courtesies. */
  readonly asked: string;
  /** The same for questions whose telling words are the same in the same order. */
  readonly key: string;
}

/** What two askers must share to be given the same answer; undefined when the question is too long, odd or empty. */
export function askedQuestion(text: string, locale: string): AskedQuestion | undefined {
  if (text.length > LONGEST_SAVED_QUESTION || !PLAIN.test(text)) return undefined;
  const language = baseLanguage(locale);
  const words = normaliseQuestion(text, language).split(' ');
  const asked = without(words, COURTESY[language]);
  const telling = without(asked, EMPTY[language]);
  if (telling.length === 0) return undefined;
  const signs = text.normalize('NFKC').match(TELLING_SIGNS) ?? [];
  return { asked: asked.join(' '), key: `${telling.join(' ')}|${signs.join(' ')}` };
}

function without(words: readonly string[], list: string | undefined): string[] {
  const dropped = new Set(list?.split(' '));
  return words.filter((word) => word !== '' && !dropped.has(word));
}

/** In these languages the opposites and negations are known, so that questions in other words can be told apart. */
export function knowsPolarity(locale: string): boolean {
  return baseLanguage(locale) in EMPTY;
}

/** Under which name an answer is saved. `promptVersion` changes with everything the models are told besides the question. */
export function fingerprintOf(question: AskedQuestion, { locale, promptVersion }: { locale: string; promptVersion: string }): string {
  return hashOf([promptVersion, locale.toLowerCase(), question.key]);
}

/** SHA-256 over the parts, hexadecimal; no two different lists of parts run together. */
export function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
