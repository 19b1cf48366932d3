import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** N = 2^17, r = 8, p = 1: OWASP Password Storage Cheat Sheet, scrypt (128 MiB and about 0.3 s a hash). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };
const KEY_BYTES = 32;
const MINIMUM_CHARACTERS = 12;

/** Hashes one at a time: each takes 128 MiB, and a flood of sign-ins must not take the machine. */
let previous: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer): Promise<Buffer> {
  const result = previous.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)));
      }),
  );
  previous = result.catch(() => undefined);
  return result;
}

/** `scrypt$17$8$1$<salt>$<hash>`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return ['scrypt', 17, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

const NOBODY = { salt: randomBytes(16), key: randomBytes(KEY_BYTES) };

/** Takes the same time for an unknown account (`stored` undefined), so that accounts can't be guessed (D46). */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const known = stored === undefined ? undefined : parse(stored);
  const { salt, key } = known ?? NOBODY;
  const derived = await derive(password, salt);
  return timingSafeEqual(derived, key) && known !== undefined;
}

function parse(stored: string): { salt: Buffer; key: Buffer } | undefined {
  const [scheme, cost, blockSize, parallel, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || cost !== '17' || blockSize !== '8' || parallel !== '1' || salt === undefined || key === undefined)
    return undefined;
  const keyBytes = Buffer.from(key, 'base64url');
  return keyBytes.length === KEY_BYTES ? { salt: Buffer.from(salt, 'base64url'), key: keyBytes } : undefined;
}

/** What is wrong with a new password, in words; undefined when nothing is (D45). */
export function passwordProblem(password: string, email: string): string | undefined {
  if ([...password].length < MINIMUM_CHARACTERS) return `Use at least ${MINIMUM_CHARACTERS} characters; a short sentence works well.`;
  const folded = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  if (name.length >= 4 && folded.includes(name)) return 'The password contains your e-mail name; choose something others would not guess.';
  if (new Set(folded).size < 5) return 'The password repeats a few characters; choose something others would not guess.';
  if (isCommon(folded)) return 'This password is on lists of leaked passwords; choose another one.';
  return undefined;
}

/** Leaked passwords of twelve and more characters are mostly a common word with digits, or one said twice. */
function isCommon(folded: string): boolean {
  const withoutDigits = folded.replaceAll(/^\d+|\d+$/g, '');
  const half = folded.slice(0, folded.length / 2);
  const isTwice = folded === half + half;
  return COMMON_PASSWORDS.has(folded) || COMMON_PASSWORDS.has(withoutDigits) || (isTwice && COMMON_PASSWORDS.has(half));
}
