import { SignJWT } from 'jose';

export const IDENTITY_SECRET = 'a secret that site and chat server share';

export interface IdentityClaims {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly site?: string;
}

/** What the embedding site's server does for a customer who is signed in there. */
export function signIdentity({ expiresIn = 600, site = 'default', ...claims }: IdentityClaims, secret = IDENTITY_SECRET): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return new SignJWT({ ...claims, aud: site, iat: nowSeconds + Math.min(0, expiresIn) - 60, exp: nowSeconds + expiresIn })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}
