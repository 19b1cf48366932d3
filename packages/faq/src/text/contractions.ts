const ENGLISH_WHOLE: ReadonlyMap<string, string> = new Map([
  ["can't", 'can not'],
  ['cannot', 'can not'],
  ["won't", 'will not'],
  ["shan't", 'shall not'],
  ["let's", 'let us'],
  ['cant', 'can not'],
  ['wont', 'will not'],
  ['dont', 'do not'],
  ['doesnt', 'does not'],
  ['didnt', 'did not'],
  ['isnt', 'is not'],
  ['arent', 'are not'],
  ['wasnt', 'was not'],
  ['werent', 'were not'],
  ['hasnt', 'has not'],
  ['havent', 'have not'],
  ['hadnt', 'had not'],
  ['couldnt', 'could not'],
  ['wouldnt', 'would not'],
  ['shouldnt', 'should not'],
  ['im', 'i am'],
  ['ive', 'i have'],
  ['whats', 'what is'],
  ['wheres', 'where is'],
  ['whos', 'who is'],
  ['hows', 'how is'],
  ['thats', 'that is'],
  ['theres', 'there is'],
  ['youre', 'you are'],
  ['u', 'you'],
  ['pls', 'please'],
  ['plz', 'please'],
  ['acct', 'account'],
  ['thx', 'thanks'],
]);

const ENGLISH_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/n't$/, ' not'],
  [/'re$/, ' are'],
  [/'ve$/, ' have'],
  [/'ll$/, ' will'],
  [/'m$/, ' am'],
  [/'d$/, ' would'],
];

const SAYS_IS: ReadonlySet<string> = new Set(['what', 'where', 'who', 'how', 'that', 'there', 'it', 'when', 'why', 'he', 'she', 'here']);

/** Writes contractions out, so that "isn't", "isnt" and "is not" are the same words. */
export function expandContractions(text: string, language: string): string {
  if (language === 'en') return text.replace(/[\p{L}\p{N}']+/gu, expandEnglish);
  if (language === 'fr' || language === 'it')
    return text.replace(/(^|[^\p{L}])(\p{L}{1,2}|qu|dell|nell|all|sull|dall)'(?=\p{L})/gu, '$1$2 ');
  return text;
}

function expandEnglish(word: string): string {
  const whole = ENGLISH_WHOLE.get(word);
  if (whole !== undefined) return whole;
  if (!word.includes("'")) return word;
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2);
    return SAYS_IS.has(stem) ? `${stem} is` : stem;
  }
  for (const [ending, replacement] of ENGLISH_ENDINGS) {
    if (ending.test(word)) return word.replace(ending, replacement);
  }
  return word.replace(/'/g, '');
}
