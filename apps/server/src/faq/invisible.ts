/**
 * Characters that nobody sees but that change what is read (checklist D25), as code point ranges: controls but tab and
 * line feed, soft hyphen, fillers, zero width, bidi marks and overrides, word joiners, annotations, tags, variation supplements.
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
const JOINER = 0x200d;
const NON_JOINER = 0x200c;
const EMOJI_PART = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const JOINING_LETTER = /^[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]$/u;

export interface Visible {
  readonly text: string;
  /** Code points that were taken out, in order. */
  readonly removed: readonly number[];
}

/** Takes invisible characters out; joiners stay where a script or an emoji is spelled with them. Windows line ends become plain ones. */
export function withoutInvisible(text: string): Visible {
  const characters = [...text.replaceAll(/\r\n?/g, '\n')];
  const removed: number[] = [];
  const kept = characters.filter((character, index) => {
    const code = character.codePointAt(0) ?? 0;
    if (!INVISIBLE.some(([from, to]) => code >= from && code <= to)) return true;
    if (isSpelledWith(code, characters[index - 1] ?? '', characters[index + 1] ?? '')) return true;
    removed.push(code);
    return false;
  });
  return { text: kept.join(''), removed };
}

function isSpelledWith(code: number, before: string, after: string): boolean {
  if (code === JOINER && EMOJI_PART.test(before) && EMOJI_PART.test(after)) return true;
  return (code === JOINER || code === NON_JOINER) && JOINING_LETTER.test(before) && JOINING_LETTER.test(after);
}
