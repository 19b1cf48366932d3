import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { Clock } from '@stepdown/kernel';
import { LIMITS } from '@stepdown/protocol';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';

export type Identity =
  | { readonly kind: 'verified'; readonly subject: string; readonly name: string | undefined; readonly email: string | undefined }
  /** Signed for this person once; opens nothing by itself. */
  | { readonly kind: 'expired'; readonly subject: string }
  /** The reason is for the log: it says what is wrong with the token, and holds nothing of it. */
  | { readonly kind: 'refused'; readonly reason: string };

export type CheckIdentity = (token: string, site: string) => Promise<Identity>;

export interface IdentityOptions {
  /** For HS256; shared with the site's server. */
  readonly secret: string | undefined;
  /** PEM, for ES256. */
  readonly publicKey: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** A token lives in a page, where others may find it: an hour is enough to open a chat (D03). */
const LONGEST_LIFE_SECONDS = 3_600;
/** Clocks of two servers. */
const TOLERANCE_SECONDS = 60;

const claimsSchema = z.object({
  sub: z.string().trim().min(1).max(200),
  exp: z.number(),
  iat: z.number().optional(),
  name: z.string().trim().min(1).max(LIMITS.nameCharacters).optional().catch(undefined),
  email: z.email().max(LIMITS.emailCharacters).optional().catch(undefined),
});

/**
 * Checks who a site says its visitor is. Each algorithm has its own key, so that a public key is never taken for a
 * shared secret; `none` and everything else have none.
 */
export function createIdentityCheck({ secret, publicKey, clock }: IdentityOptions): CheckIdentity {
  const keys = new Map<string, KeyObject | undefined>([
    ['HS256', secret === undefined ? undefined : createSecretKey(secret, 'utf8')],
    ['ES256', publicKey === undefined ? undefined : createPublicKey(publicKey)],
  ]);
  return async (token, site) => {
    const nowMs = clock.now();
    try {
      const { alg } = decodeProtectedHeader(token);
      const key = keys.get(String(alg));
      if (alg === undefined || key === undefined) return refused(`no key is configured for the algorithm ${String(alg).slice(0, 20)}`);
      const { payload } = await jwtVerify(token, key, {
        algorithms: [alg],
        audience: site,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      });
      return identityOf(payload, nowMs);
    } catch (cause) {
      // The signature and the audience were checked before the time.
      if (cause instanceof errors.JWTExpired) return expired(cause.payload, nowMs);
      return refused(cause instanceof errors.JOSEError ? cause.message : 'it is no JSON Web Token');
    }
  };
}

function identityOf(payload: JWTPayload, nowMs: number): Identity {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return refused(`"${String(claims.error.issues[0]?.path[0])}" is not as it should be`);
  const { sub, exp, iat, name, email } = claims.data;
  const now = Math.floor(nowMs / 1_000);
  if (iat !== undefined && iat > now + TOLERANCE_SECONDS) return refused('"iat" is in the future');
  if (exp - (iat ?? now) > LONGEST_LIFE_SECONDS + TOLERANCE_SECONDS) return refused('it is valid for longer than an hour');
  return { kind: 'verified', subject: sub, name, email };
}

function expired(payload: JWTPayload, nowMs: number): Identity {
  const identity = identityOf(payload, nowMs);
  return identity.kind === 'verified' ? { kind: 'expired', subject: identity.subject } : identity;
}

function refused(reason: string): Identity {
  return { kind: 'refused', reason };
}

/** True for the PEM of a public key that ES256 can use. */
export function isIdentityKey(pem: string): boolean {
  try {
    const key = createPublicKey(pem);
    return !pem.includes('PRIVATE') && key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
