/** Longest run that is read as one number; bounds the search on texts that are nothing but digits. */
const LONGEST_NUMBER = 40;

const EMAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,190}\.\p{L}{2,24}/gu;
/** Digits with what people put between them; judged by how many there are. */
const NUMBER = new RegExp(`[+(]?\\p{Nd}(?:[\\p{Nd}\\s()./–-]{0,${LONGEST_NUMBER - 2}}\\p{Nd})?`, 'gu');
const IBAN = /\b\p{L}{2}\p{Nd}{2}(?:\s?[\p{L}\p{Nd}]{4}){2,8}(?:\s?[\p{L}\p{Nd}]{1,3})?\b/giu;
/** An order, ticket or tracking code: `#123`, or letters and digits mixed with at least three digits. */
const CODE =
  /#\s?\p{Nd}{2,}|\b(?=[\p{L}\p{Nd}-]*\p{Nd}[\p{L}\p{Nd}-]*\p{Nd}[\p{L}\p{Nd}-]*\p{Nd})(?=[\p{Nd}-]*\p{L})[\p{L}\p{Nd}]+(?:-[\p{L}\p{Nd}]+)*\b/gu;
const NAMED_NUMBER =
  /\b(?:order|invoice|ticket|tracking|customer|booking|bestell(?:ung|nummer)?|rechnung(?:snummer)?|kundennummer|commande|facture|pedido|factura|encomenda|fatura)\s*(?:no|nr|number|nummer|num[eé]ro|n[uú]mero|id)?[\s.:#°º-]{0,4}\p{Nd}+/giu;
const SAYS_NAME =
  /\b(?:my (?:full )?name(?: is|'s|’s)|i am called|i['’]m called|call me|mein name ist|ich hei(?:ß|ss)e|je m['’]appelle|mon nom est|me llamo|mi nombre es|(?:eu )?me chamo|(?:o )?meu nome é|mi chiamo|mijn naam is|ik heet)\b|私の名前|と申します|我叫|我的名字|我是|اسمي/giu;
/** "This is Tracy", "I'm Ada": capitals tell a name from an adjective. */
const INTRODUCES = /\b(?:[Tt]his is|[Ii] am|[Ii]['’]m|[Rr]egards,?|[Gg]rüße,?|[Cc]ordialement,?|[Ss]aludos,?)\s+\p{Lu}\p{Ll}{2,}/gu;
const ADDRESS =
  /\p{Nd}+\p{L}?\s+(?:\p{L}+\s+){0,2}(?:street|st|road|rd|avenue|ave|lane|drive|court)\b|\b\p{L}{2,}(?:stra(?:ß|ss)e|str\.|weg|gasse|platz)\s+\p{Nd}+|\p{Nd}+,?\s+(?:rue|avenue|boulevard)\b|\b(?:calle|avenida|rua)\s+\p{L}+|\b[a-z]{1,2}\p{Nd}[a-z\p{Nd}]?\s?\p{Nd}[a-z]{2}\b/giu;

/** A number this long tells somebody apart: a phone, card, customer or order number, a date of birth. */
const TELLING_DIGITS = 5;

const PATTERNS = [EMAIL, IBAN, CODE, NAMED_NUMBER, SAYS_NAME, INTRODUCES, ADDRESS];

/**
 * Pieces of a text that may tell who wrote it: e-mail addresses, phone, card and account numbers, order numbers,
 * addresses, and names that are said to be names. Errs on the side of finding too much: what is found is only
 * not saved.
 */
export function personalDataIn(text: string): readonly string[] {
  const folded = text.normalize('NFKC');
  const found = PATTERNS.flatMap((pattern) => [...folded.matchAll(pattern)].map(([piece]) => piece));
  const numbers = [...folded.matchAll(NUMBER)].map(([piece]) => piece).filter(isTelling);
  return [...found, ...numbers];
}

export function hasPersonalData(text: string): boolean {
  return personalDataIn(text).length > 0;
}

/** Short numbers are prices, sizes and days. A card number is telling however it is spaced, and long enough anyway. */
function isTelling(piece: string): boolean {
  return digitsOf(piece).length >= TELLING_DIGITS;
}

function digitsOf(piece: string): string {
  return piece.replace(/[^\p{Nd}]/gu, '');
}
