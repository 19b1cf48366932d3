/**
 * A light stem: endings off, no dictionary. Two forms of a word should meet; two words should not. English is Porter-like; other
 * languages lose only their commonest endings.
 */
export function stemOf(word: string, language: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (language === 'en') return stemEnglish(word);
  const endings = ENDINGS[language];
  if (endings === undefined || word.length < 6) return word;
  const stem = word.replace(endings, '');
  return stem.length >= 4 ? stem : word;
}

const ENDINGS: Readonly<Record<string, RegExp>> = {
  de: /(?:ungen|ern|est|en|er|es|em|e|n|s|st|t)$/,
  nl: /(?:en|er|es|e|s|t)$/,
  fr: /(?:ements?|ations?|ees?|ent|ez|er|es|ons|e|s)$/,
  es: /(?:aciones|acion|ando|iendo|ados?|adas?|ar|er|ir|es|os|as|o|a|e|s)$/,
  pt: /(?:acoes|acao|ando|endo|ados?|adas?|ar|er|ir|es|os|as|o|a|e|s)$/,
  it: /(?:azioni|azione|ando|endo|at[oaie]|are|ere|ire|[oaie])$/,
};

function stemEnglish(word: string): string {
  let stem = withoutPlural(word);
  if (/ied$/.test(stem) && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/[aeiouy].*ed$/.test(stem) && stem.length > 4) stem = stem.slice(0, -2);
  else if (/[aeiouy].*ing$/.test(stem) && stem.length > 5) stem = stem.slice(0, -3);
  if (stem !== word && /([bdfgmnprt])\1$/.test(stem)) stem = stem.slice(0, -1);
  stem = stem.replace(/(?:ations?|ements?|ments?|ness|ions?|ly|er|al)$/, (ending) => (stem.length - ending.length >= 4 ? '' : ending));
  return stem.replace(/e$/, '');
}

function withoutPlural(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
