import { wordsOf } from '../text/tokenise.ts';
import { FUNCTION_WORDS } from '../words/function-words.ts';

/** Openings that tie a message to the one before it. */
const OPENINGS: Readonly<Record<string, RegExp>> = {
  en: /^(and|but|so|or|what about|how about|also|then)\b/,
  de: /^(und|aber|oder|was ist mit|wie ist es mit|dann|auch)\b/,
  fr: /^(et|mais|ou|alors|aussi)\b/,
  es: /^(y|pero|o|entonces|tambien)\b/,
  pt: /^(e|mas|ou|entao|tambem)\b/,
  it: /^(e|ma|o|allora|anche)\b/,
  nl: /^(en|maar|of|dan|ook)\b/,
};

/** Words that stand for something said before. */
const POINTERS: Readonly<Record<string, string>> = {
  en: 'it that this those these them they one ones other others same there then another both',
  de: 'das dies diese dieser dieses die der den andere anderen anderer anderes beide gleiche es dafur damit dort',
  fr: 'ca cela celui celle ceux celles autre autres meme memes la y en',
  es: 'eso esto ese esa esos esas otro otra otros otras mismo misma ello',
  pt: 'isso isto esse essa outro outra outros outras mesmo mesma ele ela',
  it: 'questo quello quella altro altra altri altre stesso stessa',
  nl: 'dat dit die deze andere hetzelfde zelfde het daarvoor',
};

/** A follow-up is short; a long message carries its own subject. */
const MOST_FOLLOW_UP_WORDS = 8;

/**
 * True when a message may lean on an earlier one, however faintly: any word that points back, or the opening of a follow-up. For
 * decisions where a missed follow-up is worse than a false one; in a language without word lists always true.
 */
export function mayPointBack(question: string, language: string): boolean {
  const opening = OPENINGS[language];
  if (opening === undefined) return true;
  const words = wordsOf(question, language);
  const pointers = new Set((POINTERS[language] ?? '').split(' '));
  return opening.test(words.join(' ')) || words.some((word) => pointers.has(word));
}

/** True for a message such as "and for the other one?", whose subject lies in an earlier message. */
export function dependsOnContext(question: string, language: string): boolean {
  const words = wordsOf(question, language);
  const opening = OPENINGS[language];
  if (opening === undefined || words.length === 0 || words.length > MOST_FOLLOW_UP_WORDS) return false;
  const pointers = new Set((POINTERS[language] ?? '').split(' '));
  const empty = new Set((FUNCTION_WORDS[language] ?? '').split(' '));
  const hasSubject = words.some((word) => !pointers.has(word) && !empty.has(word));
  const points = words.some((word) => pointers.has(word));
  return !hasSubject && (points || opening.test(words.join(' ')));
}
