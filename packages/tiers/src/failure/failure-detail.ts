const MAX_DETAIL_LENGTH = 200;
/** Keys of the providers we know, and what stands after "Bearer": some providers echo part of the key in their message. */
const KEY_PATTERNS = [/\b(?:sk|pk|key|api|org|proj|sess)[-_](?=[\w*.-]*[\d*])[\w*.-]{4,}/gi, /\bbearer\s+\S+/gi];
const TAGS = /<[^>]*>/g;

/**
 * One short line for operators: no keys, no markup, at most 200 characters.
 * `secrets` are the exact texts that must not appear, whatever they look like.
 */
export function failureDetail(text: string, secrets: readonly string[] = []): string {
  let line = text;
  for (const secret of secrets) if (secret !== '') line = line.replaceAll(secret, '[key]');
  for (const pattern of KEY_PATTERNS) line = line.replace(pattern, '[key]');
  line = line.replace(TAGS, ' ').replace(/\s+/g, ' ').trim();
  return line.length <= MAX_DETAIL_LENGTH ? line : `${line.slice(0, MAX_DETAIL_LENGTH - 1)}…`;
}
