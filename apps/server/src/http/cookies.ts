import type { CookieOptions, Request, Response } from 'express';

/** `__Host-` binds the cookie to this host and to https (browsers treat localhost as secure) (D47). */
export const SESSION_COOKIE = '__Host-stepdown';

const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' };

export function setSessionCookie(response: Response, token: string, expiresAt: number): void {
  response.cookie(SESSION_COOKIE, token, { ...OPTIONS, expires: new Date(expiresAt) });
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(SESSION_COOKIE, OPTIONS);
}

export function sessionTokenOf(request: Pick<Request, 'headers'>): string | undefined {
  return cookieValue(request.headers.cookie, SESSION_COOKIE);
}

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
