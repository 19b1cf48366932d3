import type { IncomingHttpHeaders } from 'node:http';

export interface OriginRules {
  readonly host: string;
  readonly isLoopback: boolean;
  readonly publicUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  /** Known once the server listens. */
  readonly port: () => number;
}

export interface Origins {
  /** Of a page that may open a socket or change state. */
  isAllowed(origin: string): boolean;
  /**
   * A browser names the origin on websockets and on cross-site requests, but not on its own site's GETs (long
   * polling); there `Sec-Fetch-Site` says it instead, and scripts can't set that. Neither of both: refused (D08).
   */
  isAllowedRequest(headers: IncomingHttpHeaders): boolean;
}

export function createOrigins(rules: OriginRules): Origins {
  function ownOrigins(): string[] {
    const hosts = rules.isLoopback ? ['localhost', '127.0.0.1', '[::1]'] : [rules.host];
    const own = hosts.map((host) => `http://${host}:${rules.port()}`);
    return rules.publicUrl === undefined ? own : [...own, new URL(rules.publicUrl).origin];
  }
  function isAllowed(origin: string): boolean {
    return ownOrigins().includes(origin) || rules.allowedOrigins.includes(origin);
  }
  return {
    isAllowed,
    isAllowedRequest(headers) {
      if (headers.origin !== undefined) return isAllowed(headers.origin);
      return headers['sec-fetch-site'] === 'same-origin';
    },
  };
}
