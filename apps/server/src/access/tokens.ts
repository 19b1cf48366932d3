import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits of chance, safe in headers. The store only ever sees its hash (checklist D01). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 as hexadecimal; enough for tokens that are random themselves. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function isSameToken(left: string, right: string): boolean {
  const a = Buffer.from(hashToken(left));
  const b = Buffer.from(hashToken(right));
  return timingSafeEqual(a, b);
}

/** A stable, opaque name for someone, that can't be turned back without the key (D36). */
export function createPseudonyms(key: string): (id: string) => string {
  return (id) => createHmac('sha256', key).update(id).digest('hex').slice(0, 32);
}
