import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickRecovery } from '../support/quick-recovery.ts';
import { repairFaq } from '../support/repair-faq.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  const config = quickRecovery({ suggestions: ['repair-jacket', 'gone', 'repair-tent'], fallbackEmail: 'help@shop.example' });
  server = await startServer({ env: { ...config, STEPDOWN_FAQ_DIR: repairFaq() } });
});
afterAll(async () => {
  await server.stop();
});

const get = (path: string, encoding = 'gzip') => fetch(`${server.url}${path}`, { headers: { 'accept-encoding': encoding } });

describe('what the widget fetches', () => {
  it('names the suggested questions in the wanted order, and when each answer was checked', async () => {
    const body = await (await get('/api/faq/public?locale=en')).json();
    expect(body.suggested).toEqual(['Do you repair jackets?', 'Do you repair tents?']);
    expect(body.entries).toContainEqual(expect.objectContaining({ id: 'repair-stove', updated: '2026-03-02' }));
  });

  it('suggests the first questions where the FAQ has none of the usual ones', async () => {
    const other = await startServer({ env: { STEPDOWN_FAQ_DIR: repairFaq() } });
    const body = await (await fetch(`${other.url}/api/faq/public?locale=en`)).json();
    expect(body.suggested).toHaveLength(3);
    await other.stop();
  });

  it('knows the address to write to before it has ever connected', async () => {
    const page = await (await get('/widget/frame.html')).text();
    expect(page).toContain('<meta name="stepdown-fallback-email" content="help@shop.example"');
  });

  it.each(['/widget.js', '/widget/frame.html'])('%s is used at once and renewed in the background', async (path) => {
    expect((await get(path)).headers.get('cache-control')).toBe('public, max-age=300, stale-while-revalidate=604800');
  });

  it('hashed files never change, and come compressed as the browser likes', async () => {
    const script = /src="([^"]+\/frame-[^"]+\.js)"/.exec(await (await get('/widget/frame.html')).text())?.[1] ?? '';
    for (const [asked, used] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const response = await get(script, asked);
      expect(response.headers.get('content-encoding')).toBe(used);
      expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect((await response.text()).length).toBeGreaterThan(200_000);
    }
  });

  it('compresses JSON', async () => {
    expect((await get('/api/faq/public?locale=en')).headers.get('content-encoding')).toBe('gzip');
  });

  it.each(['/widget/../../package.json', '/widget/assets/%2e%2e/%2e%2e/package.json', '/widget/assets/none-12345678.js'])(
    '%s is not there',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
