import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { Message } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InboxHouse, openInboxHouse } from './support/inbox-house.ts';

const KEY = Buffer.from('c'.repeat(32));
const NEXT_KEY = Buffer.from('d'.repeat(32));
const secret = (key: Buffer): string => `whsec_${key.toString('base64')}`;

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const deliveries: Delivery[] = [];
let failuresLeft = 1;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    deliveries.push({ headers: request.headers, body });
    response.writeHead(failuresLeft > 0 ? 500 : 204).end();
    failuresLeft -= 1;
  });
});

let house: InboxHouse;

beforeAll(async () => {
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  house = await openInboxHouse({
    config: {
      handoff: { noAgentAfterMs: 1_000, webhook: { url: `http://127.0.0.1:${port}/tickets`, allowPrivateTargets: true } },
    },
    env: { STEPDOWN_WEBHOOK_SECRETS: `${secret(KEY)},${secret(NEXT_KEY)}` },
  });
});
afterAll(async () => {
  await house.stop();
  receiver.close();
});

const isNoAgent = (payload: unknown): boolean => (payload as { message: Message }).message.notice === 'no-agent';

describe('nobody answers in time', () => {
  it('[P23] is told to the visitor once, and becomes a ticket with the transcript, delivered again until it is taken', async () => {
    const { visitor, conversationId } = await house.waiting({ text: 'My kettle is on fire', email: 'anna@mail.example' });
    await visitor.until('message:created', isNoAgent);
    await expect.poll(() => deliveries.length, { timeout: 50_000, interval: 200 }).toBeGreaterThanOrEqual(2);
    const [first, second] = deliveries;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const body = second?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({ type: 'ticket.created', data: { conversationId, email: 'anna@mail.example', locale: 'en' } });
    expect(body).toContain('My kettle is on fire');
    const signed = `${second?.headers['webhook-id']}.${second?.headers['webhook-timestamp']}.${body}`;
    const independent = [KEY, NEXT_KEY].map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(second?.headers['webhook-signature']).toBe(independent.join(' '));
    expect(visitor.events.filter(({ name, payload }) => name === 'message:created' && isNoAgent(payload))).toHaveLength(1);
  });

  it('[P23] a second ticket follows when the address comes later', async () => {
    const { visitor, conversationId } = await house.waiting();
    const mine = () => deliveries.map(({ body }) => JSON.parse(body).data).filter((data) => data.conversationId === conversationId);
    await expect.poll(() => mine().map(({ email }) => email), { timeout: 10_000 }).toEqual([null]);
    await visitor.send('handoff:request', { conversationId, email: 'late@mail.example' });
    await expect.poll(() => mine().map(({ email }) => email), { timeout: 10_000 }).toEqual([null, 'late@mail.example']);
  });

  it('leaves alone who is answered in time', async () => {
    const mara = await house.agent('Mara Lind');
    const { visitor, conversationId } = await house.waiting();
    await mara.send('conversation:take', { conversationId });
    await mara.send('message:send', { conversationId, clientMessageId: 'hello', text: 'Hello' });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(visitor.events.some(({ name, payload }) => name === 'message:created' && isNoAgent(payload))).toBe(false);
    expect(deliveries.some(({ body }) => body.includes(conversationId))).toBe(false);
  });
});
