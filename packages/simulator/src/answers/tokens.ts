const CHARACTERS_PER_TOKEN = 4;
const WIDE_CHARACTER = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;
const LONGEST_PIECE = 24;

/** A plausible token count: about four characters a token, one for each wide character. At least 1 for any text. */
export function tokenCount(text: string): number {
  if (text === '') return 0;
  const wide = text.match(WIDE_CHARACTER)?.length ?? 0;
  return Math.max(1, wide + Math.round((text.length - wide) / CHARACTERS_PER_TOKEN));
}

/**
 * Cuts a text into the pieces it is streamed in: one to four words, or four characters where a script has no spaces.
 * The pieces joined are the text again, and the same text is always cut the same way.
 */
export function tokenChunks(text: string): string[] {
  const words = (text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? []).flatMap(splitLong);
  const chunks: string[] = [];
  let size = 0;
  for (let start = 0; start < words.length; start += size) {
    size = 1 + (hash(words[start] ?? '') % 4);
    chunks.push(words.slice(start, start + size).join(''));
  }
  return chunks;
}

function splitLong(word: string): string[] {
  if (word.length <= LONGEST_PIECE) return [word];
  const characters = [...word];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += 4) pieces.push(characters.slice(start, start + 4).join(''));
  return pieces;
}

/** FNV-1a, 32 bit: enough to vary wording and chunk sizes without a random source. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
