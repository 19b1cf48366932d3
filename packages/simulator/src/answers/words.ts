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

const SCRIPT_WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** The content words of a text, folded; scripts without spaces give overlapping pairs of characters. */
export function contentWords(text: string): string[] {
  const runs = fold(text).match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+|[\p{L}\p{N}]+/gu) ?? [];
  const words = runs.flatMap((run) => (SCRIPT_WITHOUT_SPACES.test(run) ? pairs(run) : [run]));
  return [...new Set(words.filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map((word) => MEANING.get(word) ?? word))];
}

/** Equal, or close enough to be forms of one word: `return` and `returns`, `Rückgabe` and `Rückgabefrist`. */
export function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const shared = sharedPrefix(one, other);
  const shorter = Math.min(one.length, other.length);
  return shared >= 6 || (shared >= 4 && shared === shorter && Math.max(one.length, other.length) - shorter <= 4);
}

/** Lower case without accents; Arabic and Japanese marks go the same way on both sides of a comparison. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length < 3) return [run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

function sharedPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
