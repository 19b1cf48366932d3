const PREFIXES = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال', 'و'];
const SUFFIXES = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي'];
/** A stem shorter than this is left alone: Arabic roots mostly have three letters. */
const SHORTEST_STEM = 3;

/** Light stemming after Larkey's "light10": article and conjunction off the front, common endings off the back, no root search. */
export function lightStemArabic(word: string): string {
  let stem = word;
  const prefix = PREFIXES.find((candidate) => stem.startsWith(candidate) && stem.length - candidate.length >= SHORTEST_STEM);
  if (prefix !== undefined) stem = stem.slice(prefix.length);
  const suffix = SUFFIXES.find((candidate) => stem.endsWith(candidate) && stem.length - candidate.length >= SHORTEST_STEM);
  return suffix === undefined ? stem : stem.slice(0, stem.length - suffix.length);
}
