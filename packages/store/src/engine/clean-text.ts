/**
 * PostgreSQL refuses U+0000 in text and SQLite's functions stop at it. Both get U+FFFD instead: one code unit for
 * one, so that offsets into a streamed text stay right.
 */
export function cleanText(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
