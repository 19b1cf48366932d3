import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptServer, startScriptServer } from './script-server.ts';
import type { ScriptEntry } from './wire-script.ts';

const TEXT = { 'content-type': 'text/plain' };
const ENTRIES: readonly ScriptEntry[] = [
  {
    id: 'two-attempts',
    wire: {
      any: {
        attempts: [
          { status: 500, chunks: [{ text: 'first' }] },
          { status: 200, chunks: [{ text: 'rest' }] },
        ],
      },
    },
  },
  {
    id: 'dialects',
    wire: {
      anthropic: { attempts: [{ status: 200, chunks: [{ text: 'A' }] }] },
      any: { attempts: [{ status: 200, chunks: [{ text: 'any' }] }] },
    },
  },
  {
    id: 'repeat',
    wire: { any: { attempts: [{ status: 200, headers: TEXT, chunks: [{ text: '{i},', repeat: 3 }, { base64: 'w6k=' }] }] } },
  },
  {
    id: 'raw',
    wire: { any: { attempts: [{ rawHead: 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', chunks: [{ text: 'short' }], end: 'end' }] } },
  },
  {
    id: 'placeholders',
    wire: { any: { attempts: [{ status: 200, headers: { 'x-two': '{ORIGIN2}/a', 'x-self': '{SELF}', 'retry-after': '{NOW+5S}' } }] } },
  },
  { id: 'redirect', wire: { any: { attempts: [{ status: 307, headers: { location: '{ORIGIN2}/stolen' } }] } } },
  { id: 'fin', wire: { any: { attempts: [{ status: 200, chunks: [{ text: 'half' }], end: 'fin', endAfterMs: 5 }] } } },
  { id: 'destroy', wire: { any: { attempts: [{ status: 200, chunks: [{ text: 'half' }], end: 'destroy', endAfterMs: 5 }] } } },
  { id: 'hang', wire: { any: { attempts: [{ status: 200, chunks: [{ text: 'half' }], end: 'hang' }] } } },
  { id: 'headless-reset', wire: { any: { attempts: [{ status: null, end: 'reset' }] } } },
  { id: 'headless-end', wire: { any: { attempts: [{ status: null, end: 'end' }] } } },
  { id: 'hints', wire: { any: { attempts: [{ status: 204, earlyHints: true }] } } },
  { id: 'hasty', wire: { any: { respondBeforeBody: true, attempts: [{ status: 413, chunks: [{ text: 'too much' }] }] } } },
  { id: 'refuse', wire: { any: { listener: 'refuse' } } },
  { id: 'reset', wire: { any: { listener: 'reset' } } },
  { id: 'silent', wire: { any: { listener: 'silent' } } },
  { id: 'tls-silent', wire: { any: { listener: 'tls-silent' } } },
  { id: 'tls-selfsigned', wire: { any: { listener: 'tls-selfsigned', attempts: [{ status: 200 }] } } },
  { id: 'plaintext', wire: { any: { listener: 'plaintext-on-tls' } } },
  { id: 'nxdomain', wire: { any: { listener: 'dns-nxdomain' } } },
  { id: 'blackhole', wire: { any: { listener: 'syn-blackhole' } } },
];

let server: ScriptServer;
beforeAll(async () => {
  server = await startScriptServer(ENTRIES);
});
afterAll(() => server.close());

const get = (id: string, run = 'run', dialect = 'any', init: RequestInit = {}) => fetch(`${server.baseUrl(id, dialect, run)}/v1/x`, init);
const text = async (id: string, run?: string, dialect?: string) => (await get(id, run, dialect)).text();
/** The code of the innermost cause. */
const failure = async (call: Promise<unknown>): Promise<string> => {
  const cause = await call.then(
    () => new Error('it worked'),
    (thrown: Error) => (thrown.cause instanceof Error ? thrown.cause : thrown),
  );
  return 'code' in cause ? String(cause.code) : cause.name;
};

describe('attempts', () => {
  it('[S32] come in order, the last one repeats, and runs do not see each other', async () => {
    expect([await text('two-attempts', 'a'), await text('two-attempts', 'a'), await text('two-attempts', 'a')]).toEqual([
      'first',
      'rest',
      'rest',
    ]);
    expect(await text('two-attempts', 'b')).toBe('first');
    expect(server.hits.get('two-attempts/any/a')).toBe(3);
    expect(server.requests.filter(({ runKey }) => runKey === 'two-attempts/any/b')).toMatchObject([
      { method: 'GET', url: '/two-attempts/any/b/v1/x' },
    ]);
  });

  it('[S32] are chosen by dialect, else by any', async () => {
    expect(await text('dialects', 'run', 'anthropic')).toBe('A');
    expect(await text('dialects', 'run', 'openai-chat')).toBe('any');
    expect(() => server.baseUrl('unknown', 'any', 'run')).toThrow('no script "unknown" for "any"');
  });

  it('[S34] [S35] repeat chunks with their index, and play bytes', async () => {
    expect(await text('repeat')).toBe('0,1,2,é');
  });

  it('[S34] write a raw head as it is', async () => {
    const response = await get('raw');
    expect(response.headers.get('content-length')).toBe('10');
    expect(await failure(response.text())).toBe('UND_ERR_SOCKET');
  });

  it('[S35] fill placeholders in headers', async () => {
    const { headers } = await get('placeholders');
    expect(headers.get('x-two')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a$/);
    expect(headers.get('x-self')).toBe(new URL(server.baseUrl('raw', 'any', 'x')).origin);
    const inMs = Date.parse(headers.get('retry-after') ?? '') - Date.now();
    expect(inMs).toBeGreaterThan(3_000);
    expect(inMs).toBeLessThan(5_100);
  });

  it('[S35] record what a redirect takes to the second origin', async () => {
    await get('redirect', 'run', 'any', { method: 'POST', body: 'the question' });
    expect(server.originTwoHits.at(-1)).toMatchObject({ url: '/stolen', method: 'POST', bytes: 12 });
  });

  it.each(['fin', 'destroy'])('[S34] end with %s in the middle of a body', async (id) => {
    const response = await get(id);
    expect(await failure(response.text())).toBe('UND_ERR_SOCKET');
  });

  it('[S34] hang until the client gives up', async () => {
    const response = await get('hang', 'run', 'any', { signal: AbortSignal.timeout(40) });
    expect(await failure(response.text())).toBe('23');
  });

  it('[S34] end before any header', async () => {
    expect(await failure(get('headless-reset'))).toBe('ECONNRESET');
    expect(await failure(get('headless-end'))).toBe('UND_ERR_SOCKET');
  });

  it('[S34] give early hints', async () => {
    const hints = await new Promise<unknown>((resolve) => {
      const call = httpRequest(server.baseUrl('hints', 'any', 'run'));
      call.on('information', (info) => resolve(info.headers));
      call.end();
    });
    expect(hints).toMatchObject({ link: '</x>; rel=preload' });
  });

  it('[S34] answer before the body has come', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const call = httpRequest(server.baseUrl('hasty', 'any', 'run'), { method: 'POST' }, (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', () => {});
      call.write('a beginning without end');
    });
    expect(status).toBe(413);
  });
});

describe('listeners', () => {
  it.each([
    ['refuse', 'ECONNREFUSED'],
    ['reset', 'ECONNRESET'],
    ['tls-selfsigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['plaintext', 'ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_WRONG_VERSION_NUMBER'],
    ['nxdomain', 'ENOTFOUND|EAI_AGAIN'],
  ])('[S33] %s fails with %s', async (id, codes) => {
    expect(await failure(get(id))).toMatch(new RegExp(`^(?:${codes})$`));
  });

  it.each(['silent', 'tls-silent', 'blackhole'])('[S33] %s gives no sign of life', async (id) => {
    expect(await failure(get(id, 'run', 'any', { signal: AbortSignal.timeout(60) }))).toBe('23');
  });
});
