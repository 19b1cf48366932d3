/**
 * Characters that are not seen but change what is read (checklist D25), as code point ranges: controls but tab and line
 * feed, soft hyphen, joiners and fillers, zero width, bidi marks and overrides, word joiners, annotations, musical controls,
 * tags and variation supplements.
 */
const INVISIBLE: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffc],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];
const JOINER = '\u200d';
const NON_JOINER = '\u200c';
const EMOJI_BEFORE = /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
const JOINING_LETTER = /^[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
/** Most texts have none: one quick look spares them the rest. */
const PLAIN = /^[\t\n -~\u00a0-\u00ac\u00ae-\u024f]*$/;

/** Takes invisible characters out. Joiners stay where a script or an emoji is spelled with them. */
export function withoutInvisible(text: string): string {
  if (PLAIN.test(text)) return text;
  let kept = '';
  let index = 0;
  for (const character of text) {
    if (!isInvisible(character) || isSpelledWith(character, text, index)) kept += character;
    index += character.length;
  }
  return kept;
}

function isInvisible(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return INVISIBLE.some(([from, to]) => code >= from && code <= to);
}

function isSpelledWith(character: string, text: string, index: number): boolean {
  if (character !== JOINER && character !== NON_JOINER) return false;
  const before = text.slice(Math.max(0, index - 2), index);
  const after = text.slice(index + 1, index + 3);
  if (character === JOINER && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) return true;
  return JOINING_LETTER.test(before.slice(-1)) && JOINING_LETTER.test(after);
}
