import type { TokenHash } from '../types.ts';

/** Refuses what can't be a SHA-256 in hexadecimal, so that a raw token never reaches the disk by mistake. */
export function checkedTokenHash(tokenHash: TokenHash): TokenHash {
  // The value is not quoted: it may be the very token.
  if (!/^[0-9a-f]{64}$/.test(tokenHash)) throw new TypeError('Tokens are stored as SHA-256 in lower-case hexadecimal only.');
  return tokenHash;
}
