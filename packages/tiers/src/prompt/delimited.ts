/** Our own tags. Text from outside must not be able to open or close one. */
const OWN_TAG = /<(?=\s*\/?\s*(?:faq_entr(?:y|ies)|locale|interrupted_answer)\b)/gi;
/** Characters that a person does not see but a model reads: tag characters, bidi overrides, zero-width spaces. Joiners stay: scripts need them. */
const HIDDEN = /[\u200B\u2060\u2061-\u2064\u202A-\u202E\u2066-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

/** Makes text from outside safe to stand inside a data block: it can't close the block or open another, and hides nothing. */
export function asData(text: string): string {
  return text.replace(HIDDEN, '').replace(OWN_TAG, '&lt;');
}

/** For a quoted attribute: one line, XML-escaped. */
export function asAttribute(text: string): string {
  return text
    .replace(HIDDEN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
