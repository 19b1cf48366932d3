import { createServer } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../listen.ts';
import { compressAnswers } from './compress.ts';

const app = express();
app.use(compressAnswers());
app.use((_request, response) => void response.json({ token: 'x'.repeat(2_000) }));
const server = createServer(app);

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

async function encodingOf(path: string): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`, { headers: { 'accept-encoding': 'gzip, deflate, br' } });
  return response.headers.get('content-encoding');
}

it('compresses answers, with the best that the client takes', async () => {
  expect(await encodingOf('/api/faq/public')).toBe('br');
  expect(await encodingOf('/api/agent/inbox')).toBe('br');
});

it.each(['session', 'sign-in', 'set-up', 'password'])('leaves /api/agent/%s as it is: the length of a secret tells of it', async (name) => {
  expect(await encodingOf(`/api/agent/${name}`)).toBeNull();
  expect(await encodingOf(`/api/agent/${name}?reflected=x`)).toBeNull();
});
