/**
 * Words that tell nothing about the subject, in the languages of the product. A question made of these alone
 * matches no entry.
 */
const STOP_WORDS = new Set(
  `a about am an and any are as at be been by can could did do does don for from get go had has have how i if in into is it
  its just long make many may me much my need no not of off on one or our out please should so some tell than that the their
  them then there these they this to up us use want was way we were what when where which who why will with would you your
  aber als am an auch auf aus bei bin bis bitte da das dass dein dem den der des die dies dir du ein eine einem einen einer
  er es euch für geht gibt habe haben hat ich ihr im in ist ja kann kein können lange man mein meine mich mir mit muss nach
  nicht noch oder sein sich sie sind so um und uns viel vom von vor wann warum was wenn wer werden wie wieder wird wo zu zum zur
  ai au aux avec ce ces cette combien comment dans de des du elle en est et il je la le les leur ma mes mon ne nous ou où par
  pas peut peux pour pourquoi puis quand que quel quelle qui sa se ses si son sont sur temps une votre vos vous
  al como con cual cuando cuanto cómo cuál cuándo cuánto de del donde dónde el ella en es esta este hay la las lo los me mi mis
  muy nos o para pero por porque puede puedo que qué quien se si sin son su sus te tengo tiempo un una y ya
  ao aos com como da das de do dos e ela ele em eu faço há isso meu minha na nas no nos não o os onde ou para pela pelo posso
  quais qual quando quanto que sem ser seu sua são tem tenho um uma você
  في من على إلى عن ما هل كيف متى أين لماذا هذا هذه أن لا أو مع كم يمكن يمكنني أنا هو هي`
    .split(/\s+/)
    .map(fold),
);

/** Everyday words for the same thing, so that a paraphrase still finds its entry. The first word stands for all. */
const SAME_MEANING = [
  ['refund', 'reimburse', 'reimbursement', 'money'],
  ['return', 'send', 'bring', 'exchange'],
  ['shipping', 'delivery', 'deliver', 'ship', 'dispatch', 'arrive'],
  ['order', 'purchase', 'bought', 'buy'],
  ['package', 'parcel', 'shipment', 'track', 'tracking'],
  ['pay', 'payment', 'card', 'paypal', 'invoice'],
  ['password', 'login', 'signin'],
  ['broken', 'damaged', 'faulty', 'defective', 'defect'],
  ['cost', 'price', 'fee', 'charge', 'expensive', 'costs'],
];
const MEANING = new Map(SAME_MEANING.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)));

/** Han, katakana and hiragana apart from each other; everything else by letters and digits. */
const RUNS = /\p{sc=Han}+|[\p{sc=Katakana}ー]+|\p{sc=Hiragana}+|[\p{L}\p{N}]+/gu;
/** Characters of Chinese that hold a sentence together and carry no subject. */
const CHINESE_PARTICLES = /[的是了吗呢么什怎如何多久少我你您吧请可以]/u;

/** The content words of a text, folded. Han gives overlapping pairs of characters; hiragana alone is grammar. */
export function contentWords(text: string): string[] {
  return [...new Set((fold(text).match(RUNS) ?? []).flatMap(wordsOfRun).filter((word) => !STOP_WORDS.has(word)))];
}

function wordsOfRun(run: string): string[] {
  if (/^\p{sc=Hiragana}/u.test(run)) return [];
  if (/^\p{sc=Han}/u.test(run)) return run.split(CHINESE_PARTICLES).flatMap(pairs);
  return run.length > 1 ? [run] : [];
}

/** How surely two words mean the same: 1 for forms of one word or words of one meaning, less for a likely slip of the finger, else 0. */
export function likeness(one: string, other: string): number {
  if (one === other || isFormOf(one, other) || isSynonym(one, other)) return 1;
  const mayBeTypo = one[0] === other[0] && Math.min(one.length, other.length) >= 5 && Math.abs(one.length - other.length) <= 2;
  const shared = mayBeTypo ? sharedPairs(one, other) : 0;
  return shared >= TYPO_FROM ? shared * 0.9 : 0;
}

/** Share of neighbouring letters in common from which a word counts as a misspelling: `devlivery` has 0.63 of `delivery`. */
const TYPO_FROM = 0.5;

/** `return` and `returns`, `Rückgabe` and `Rückgabefrist`. */
function isFormOf(one: string, other: string): boolean {
  const shared = sharedPrefix(one, other);
  const shorter = Math.min(one.length, other.length);
  return shared >= 6 || (shared >= 4 && shared === shorter && Math.max(one.length, other.length) - shorter <= 4);
}

function isSynonym(one: string, other: string): boolean {
  const meaning = MEANING.get(one);
  return meaning !== undefined && meaning === MEANING.get(other);
}

/** Dice's coefficient of the two words' pairs of letters, ends included. */
function sharedPairs(one: string, other: string): number {
  const rest = letterPairs(other);
  const found = letterPairs(one).filter((pair) => {
    const place = rest.indexOf(pair);
    if (place !== -1) rest.splice(place, 1);
    return place !== -1;
  });
  return (2 * found.length) / (one.length + other.length + 2);
}

function letterPairs(word: string): string[] {
  return [...` ${word}`].map((letter, index) => `${letter}${word[index] ?? ' '}`);
}

/** Lower case without accents; Arabic and Japanese marks go the same way on both sides of a comparison. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length < 3) return run === '' ? [] : [run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

function sharedPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
