import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createIdentityCheck, isIdentityKey } from './identity-token.ts';

const SECRET = 'a shared secret of thirty-two letters';
const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
const now = NOW_MS / 1_000;
const clock = { now: () => NOW_MS };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const check = createIdentityCheck({ secret: SECRET, publicKey: PEM, clock });

const CLAIMS = { sub: 'customer-7', aud: 'shop', iat: now - 10, exp: now + 600, name: 'Ada', email: 'ada@shop.example' };

function sign(change: object = {}, secret = SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...change }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

function signWithKey(change: object = {}, key = privateKey): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...change }).setProtectedHeader({ alg: 'ES256' }).sign(key);
}

/** A token by hand, for what a library refuses to make. */
function forge(header: object, claims: object, key: string, algorithm = 'sha256'): string {
  const body = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${createHmac(algorithm, key).update(body).digest('base64url')}`;
}

describe('[D03] an identity is believed', () => {
  it('with the shared secret, or with the key of the site', async () => {
    const verified = { kind: 'verified', subject: 'customer-7', name: 'Ada', email: 'ada@shop.example' };
    expect(await check(await sign(), 'shop')).toEqual(verified);
    expect(await check(await signWithKey(), 'shop')).toEqual(verified);
    expect(await check(await sign({ iat: undefined, aud: ['desk', 'shop'] }), 'shop')).toEqual(verified);
  });

  it('up to an hour and the difference of two clocks', async () => {
    expect((await check(await sign({ iat: now, exp: now + 3_600 }), 'shop')).kind).toBe('verified');
    expect((await check(await sign({ iat: now + 30, exp: now + 3_630 }), 'shop')).kind).toBe('verified');
    expect((await check(await sign({ iat: now - 3_000, exp: now - 59 }), 'shop')).kind).toBe('verified');
  });

  it('also if its name or address can not be shown', async () => {
    expect(await check(await sign({ name: 7, email: 'no address' }), 'shop')).toMatchObject({
      kind: 'verified',
      name: undefined,
      email: undefined,
    });
  });
});

describe('[D03] an identity is never believed', () => {
  it.each([
    ['alg none', () => Promise.resolve(new UnsecuredJWT({ ...CLAIMS }).encode())],
    ['alg none with a signature', () => Promise.resolve(forge({ alg: 'none' }, CLAIMS, SECRET))],
    ['alg nOnE', () => Promise.resolve(forge({ alg: 'nOnE' }, CLAIMS, SECRET))],
    ['no alg', () => Promise.resolve(forge({}, CLAIMS, SECRET))],
    ['a wrong secret', () => sign({}, 'another secret of thirty-two letters.')],
    ['a wrong key', () => signWithKey({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['the public key as a shared secret', () => Promise.resolve(forge({ alg: 'HS256' }, CLAIMS, PEM))],
    ['an HMAC that says ES256', () => Promise.resolve(forge({ alg: 'ES256' }, CLAIMS, PEM))],
    ['an HMAC that says RS256', () => Promise.resolve(forge({ alg: 'RS256' }, CLAIMS, SECRET))],
    ['HS512 with the right secret', () => Promise.resolve(forge({ alg: 'HS512' }, CLAIMS, SECRET, 'sha512'))],
    ['a key of its own in the header', () => Promise.resolve(forge({ alg: 'HS256', jwk: { kty: 'oct', k: 'eA' } }, CLAIMS, 'x'))],
    ['a critical extension', () => Promise.resolve(forge({ alg: 'HS256', crit: ['x'], x: 1 }, CLAIMS, SECRET))],
    ['another site', () => sign({ aud: 'other' })],
    ['no audience', () => sign({ aud: undefined })],
    ['no subject', () => sign({ sub: undefined })],
    ['an empty subject', () => sign({ sub: ' ' })],
    ['a subject that is no text', () => Promise.resolve(forge({ alg: 'HS256' }, { ...CLAIMS, sub: { a: 1 } }, SECRET))],
    ['no end', () => sign({ exp: undefined })],
    ['an end in two hours', () => sign({ exp: now + 7_200 })],
    ['an end in two hours, without a beginning', () => sign({ iat: undefined, exp: now + 7_200 })],
    ['a life of a day that is nearly over', () => sign({ iat: now - 86_000, exp: now + 60 })],
    ['a life of a day that is over', () => sign({ iat: now - 86_400, exp: now - 3_600 })],
    ['a beginning in the future', () => sign({ iat: now + 300, exp: now + 900 })],
    ['not valid yet', () => sign({ nbf: now + 300 })],
    ['no text', () => Promise.resolve('')],
    ['no token', () => Promise.resolve('a.b.c')],
  ])('with %s', async (_name, token) => {
    expect(await check(await token(), 'shop')).toMatchObject({ kind: 'refused', reason: expect.any(String) });
  });

  it('after it has run out, though it says whose it was', async () => {
    expect(await check(await sign({ iat: now - 3_600, exp: now - 61 }), 'shop')).toEqual({ kind: 'expired', subject: 'customer-7' });
    expect((await check(await sign({ exp: now - 61, aud: 'other' }), 'shop')).kind).toBe('refused');
  });

  it('where nothing is configured', async () => {
    const unconfigured = createIdentityCheck({ secret: undefined, publicKey: undefined, clock });
    for (const token of [await sign(), await signWithKey(), forge({ alg: 'HS256' }, CLAIMS, '')]) {
      expect((await unconfigured(token, 'shop')).kind).toBe('refused');
    }
  });

  it('with a reason that holds nothing of the token', async () => {
    const token = await sign({ aud: 'other' });
    const identity = await check(token, 'shop');
    expect(JSON.stringify(identity)).not.toContain('ada@');
    expect(JSON.stringify(identity)).not.toContain('customer-7');
  });
});

it('takes public P-256 keys alone', () => {
  expect(isIdentityKey(PEM)).toBe(true);
  expect(isIdentityKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toBe(false);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
  expect(isIdentityKey(rsa.export({ type: 'spki', format: 'pem' }).toString())).toBe(false);
  expect(isIdentityKey('no key')).toBe(false);
});
