import { expect, it } from 'vitest';
import { createAgentHttp } from './agent-http.ts';
import { createFaqClient } from './faq-client.ts';

interface Seen {
  readonly url: string;
  readonly init: RequestInit;
}

function clientAnswering(status: number, body: unknown) {
  const seen: Seen[] = [];
  const http = createAgentHttp({
    url: 'https://chat.example',
    fetch: async (url, init) => {
      seen.push({ url, init });
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
    },
    csrfToken: () => 'csrf',
    onUnauthorized: () => {},
  });
  return { faq: createFaqClient(http), seen };
}

const content = { question: 'Tea?', variants: [], answer: 'Yes.' };
const save = { locale: 'en', baseRevision: 3, content, status: 'draft' } as const;

it('saves with the proof that our own page asks', async () => {
  const { faq, seen } = clientAnswering(200, { ok: true, revision: { revision: 4 }, warnings: [], file: null });
  expect(await faq.save('tea', save)).toMatchObject({ ok: true, revision: { revision: 4 } });
  expect(seen[0]?.url).toBe('https://chat.example/api/faq/tea');
  expect(seen[0]?.init).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/json', 'x-csrf-token': 'csrf' } });
  expect(JSON.parse(String(seen[0]?.init.body))).toEqual(save);
});

it('hands on what somebody else saved first', async () => {
  const latest = { revision: 4, author: 'Ben', content };
  const error = { code: 'conflict', message: 'Ben saved first' };
  const { faq } = clientAnswering(409, { ok: false, error, latest, diff: [] });
  expect(await faq.save('tea', save)).toEqual({ ok: false, error, latest, diff: [] });
});

it('makes a refusal of whatever a proxy says', async () => {
  const { faq } = clientAnswering(502, '<html>Bad gateway</html>');
  expect(await faq.archive('tea', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

it('never lets a body that says it is fine pass for an answer when the status says otherwise', async () => {
  const { faq } = clientAnswering(500, { ok: true });
  expect(await faq.undo('tea', { locale: 'en', baseRevision: 1 })).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

it('escapes what stands in an address', async () => {
  const { faq, seen } = clientAnswering(200, { ok: true });
  await faq.entry('a/b?c');
  await faq.resolve('x/../y', { choice: 'file', baseRevision: 1 });
  expect(seen.map(({ url }) => new URL(url).pathname)).toEqual(['/api/faq/a%2Fb%3Fc', '/api/faq/conflicts/x%2F..%2Fy/resolve']);
  expect(faq.exportUrl('csv', 'de&x')).toBe('/api/faq/export?format=csv&locale=de%26x');
});
