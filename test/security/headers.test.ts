import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_RIGHTS } from '../../apps/server/src/access/rights.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { call } from './support/agents.ts';

const EMBEDDER = 'https://shop.example';
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ env: { STEPDOWN_ALLOWED_ORIGINS: EMBEDDER } });
});
afterAll(async () => {
  await server.stop();
});

const PAGES = [
  '/',
  '/console',
  '/console/inbox',
  '/console/assets/none.js',
  '/status',
  '/status.css',
  '/widget.js',
  '/nowhere',
  '/%E0%A4%A',
];
const PUBLIC = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/status',
  '/api/status/history?days=30',
  '/api/status/history?days=1',
  '/api/faq/public',
  '/api/nowhere',
];
const CONSOLE = Object.keys(ROUTE_RIGHTS)
  .filter((route) => route.startsWith('GET '))
  .map((route) => route.slice(4));

/** Directives of a content security policy by name. */
function policyOf(response: Response): Map<string, string> {
  const text = response.headers.get('content-security-policy') ?? '';
  return new Map(text.split(';').map((directive) => directive.trim().split(/ (.*)/s) as [string, string]));
}

function expectGuarded(response: Response): void {
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(response.headers.get('x-powered-by')).toBeNull();
  const policy = policyOf(response);
  expect(policy.get('default-src')).toBe("'self'");
  // Covers our own websocket too; a scheme like `wss:` would let injected code send anywhere.
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(policy.get('base-uri')).toBe("'none'");
  expect(policy.get('object-src')).toBe("'none'");
  expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe-|\*|https?:(?!\/\/)/);
}

describe('every answer', () => {
  it.each([...PAGES, ...PUBLIC, ...CONSOLE])('[D57] of %s carries the security headers', async (path) => {
    expectGuarded(await call(server, 'GET', path));
  });

  it.each([
    ['a refused sign-in', { method: 'POST', path: '/api/agent/sign-in', body: { email: 'no@shop.example', password: 'wrong' } }],
    ['broken JSON', { method: 'POST', path: '/api/agent/sign-in', body: '{"email":' }],
    ['a body that is too big', { method: 'POST', path: '/api/agent/sign-in', body: `"${'x'.repeat(1_100_000)}"` }],
    ['an unknown method', { method: 'DELETE', path: '/api/agent/session', body: {} }],
  ])('[D57] to %s, too', async (_name, { method, path, body }) => {
    const response = await call(server, method, path, { body });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expectGuarded(response);
    const text = await response.text();
    expect(text).not.toMatch(/\n {4}at |node_modules|\.ts:/);
  });

  it('[D57] of the polling transport is not sniffed, cached or referred', async () => {
    const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: server.url } });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('what other sites may embed', () => {
  it('[D58] is the frame of the widget, by the allowed pages and nobody else', async () => {
    const response = await call(server, 'GET', '/widget/frame.html');
    const policy = policyOf(response);
    const ancestors = policy.get('frame-ancestors')?.split(' ') ?? [];
    expect(ancestors).toContain(EMBEDDER);
    expect(ancestors).toContain("'self'");
    expect(ancestors.filter((source) => ['*', 'https:', 'http:'].includes(source))).toEqual([]);
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe-/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('[D58] in production is framed by configured pages only, not by whatever runs on the machine', async () => {
    const production = await startServer({ env: { NODE_ENV: 'production', STEPDOWN_ALLOWED_ORIGINS: EMBEDDER } });
    const policy = policyOf(await call(production, 'GET', '/widget/frame.html'));
    expect(policy.get('frame-ancestors')).toBe(`'self' ${EMBEDDER}`);
    await production.stop();
  });

  it('[D56] is the loader, from any page, and nothing but the loader and the public status', async () => {
    const openTo = async (path: string): Promise<string | null> =>
      (await call(server, 'GET', path, { headers: { origin: 'https://anywhere.example' } })).headers.get('access-control-allow-origin');
    for (const path of ['/api/agent/session', '/api/faq', '/metrics', '/console', '/api/simulator']) expect(await openTo(path)).toBeNull();
    const loader = await call(server, 'GET', '/widget.js');
    // Before the first build there is no loader to send.
    if (loader.ok) {
      expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(loader.headers.get('access-control-allow-origin')).toBe('*');
    }
  });
});
