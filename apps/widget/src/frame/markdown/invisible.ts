/**
 * Characters that are not seen but change what is read: zero width, soft hyphens, bidi overrides, tags, fillers, controls
 * (checklist D25). Tab and line feed stay.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const JOINER = '\u200d';
const NON_JOINER = '\u200c';
const EMOJI_BEFORE = /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
const JOINING_LETTER = /^[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]/u;

/** Takes invisible characters out. Joiners stay where a script or an emoji is spelled with them. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, (found, index: number) => (isSpelledWith(found, text, index) ? found : ''));
}

function isSpelledWith(found: string, text: string, index: number): boolean {
  if (found !== JOINER && found !== NON_JOINER) return false;
  const before = text.slice(Math.max(0, index - 2), index);
  const after = text.slice(index + 1, index + 3);
  if (found === JOINER && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) return true;
  return JOINING_LETTER.test(before.slice(-1)) && JOINING_LETTER.test(after);
}
