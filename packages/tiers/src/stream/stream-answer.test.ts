import type { AttemptOutcome } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { failed } from '../failure/outcome.ts';
import { collect, nameOf } from '../testing/collect.ts';
import { type StreamPorts, streamAnswer } from './stream-answer.ts';
import { delta, type StreamReader } from './stream-reader.ts';

const HEADERS = { 'content-type': 'text/event-stream' };

/** Text chunks are shown; `stop` is terminal; `bug` makes the reader throw. */
function createTestReader(): StreamReader {
  let outcome: AttemptOutcome | undefined;
  return {
    read(chunk) {
      if (chunk === 'bug') throw new Error('reader broke');
      if (chunk !== 'stop') return delta(String(chunk));
      outcome = { kind: 'complete' };
      return [];
    },
    get outcome() {
      return outcome;
    },
    model: 'm',
    usage: undefined,
  };
}

interface Scene {
  readonly chunks: () => AsyncIterable<unknown>;
  readonly response?: Response;
}

function stage(scene: Scene) {
  const clock = createManualClock();
  const seen = { closes: 0 };
  const ports: StreamPorts = {
    clock,
    open: async () => ({
      events: scene.chunks(),
      response: scene.response ?? new Response('', { headers: HEADERS }),
      requestId: 'req_1',
      close: () => {
        seen.closes += 1;
      },
    }),
    createReader: createTestReader,
    outcomeOfException: (cause, phase) => failed(phase === 'opening' ? 'unreachable' : 'cut', String(cause)),
    outcomeOfBody: () => undefined,
  };
  return { clock, ports, seen };
}

const never = new Promise<never>(() => undefined);
const NEVER = new AbortController().signal;

describe('an attempt', () => {
  it('[T1] is headers, text and one end', async () => {
    const { ports, seen } = stage({
      async *chunks() {
        yield* ['a', 'b', 'stop'];
      },
    });
    const { events } = await collect(streamAnswer(ports, NEVER));
    expect(events).toEqual([
      { type: 'headers', requestId: 'req_1' },
      { type: 'delta', text: 'a' },
      { type: 'delta', text: 'b' },
      { type: 'end', outcome: { kind: 'complete' }, model: 'm' },
    ]);
    expect(seen.closes).toBe(1);
  });

  it('[T1] turns our own bug into an end', async () => {
    const { ports, seen } = stage({
      async *chunks() {
        yield 'bug';
      },
    });
    const { outcome } = await collect(streamAnswer(ports, NEVER));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'internal', detail: 'reader broke' } });
    expect(seen.closes).toBe(1);
  });

  it('[T9] is cut when the stream ends or breaks without a terminal event', async () => {
    const ended = stage({
      async *chunks() {
        yield 'a';
      },
    });
    expect(nameOf((await collect(streamAnswer(ended.ports, NEVER))).outcome)).toBe('cut');
    const broken = stage({
      async *chunks() {
        yield 'a';
        throw new Error('reset');
      },
    });
    const { outcome, text } = await collect(streamAnswer(broken.ports, NEVER));
    expect(outcome).toMatchObject({ failure: { reason: 'cut', requestId: 'req_1' } });
    expect(text).toBe('a');
  });

  it('[T11] waits 250 ms for the stream to end after the terminal event, then closes it', async () => {
    const { clock, ports, seen } = stage({
      async *chunks() {
        yield* ['a', 'stop'];
        await never;
      },
    });
    const attempt = collect(streamAnswer(ports, NEVER));
    await expect.poll(() => clock.pendingTimers).toBe(1);
    clock.advance(249);
    expect(seen.closes).toBe(0);
    clock.advance(1);
    expect((await attempt).outcome).toEqual({ kind: 'complete' });
    expect(seen.closes).toBe(1);
  });

  it('[T11] keeps the outcome when the stream breaks after its terminal event', async () => {
    const { ports, clock } = stage({
      async *chunks() {
        yield* ['a', 'stop'];
        throw new Error('reset');
      },
    });
    expect((await collect(streamAnswer(ports, NEVER))).outcome).toEqual({ kind: 'complete' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('[T12] ends as aborted before, during and after opening', async () => {
    const controller = new AbortController();
    const { ports } = stage({
      async *chunks() {
        yield 'a';
        controller.abort('first-text-timeout');
        yield 'late';
      },
    });
    const during = await collect(streamAnswer(ports, controller.signal));
    expect(during.text).toBe('a');
    expect(nameOf(during.outcome)).toBe('aborted');
    expect(nameOf((await collect(streamAnswer(ports, controller.signal))).outcome)).toBe('aborted');
    const opening = new AbortController();
    const refusing: StreamPorts = {
      ...ports,
      open: async () => {
        opening.abort();
        throw new Error('whatever the SDK throws');
      },
    };
    expect(nameOf((await collect(streamAnswer(refusing, opening.signal))).outcome)).toBe('aborted');
  });

  it('[T12] an abort after the terminal event changes nothing', async () => {
    const controller = new AbortController();
    const { ports } = stage({
      async *chunks() {
        yield* ['a', 'stop'];
        controller.abort();
      },
    });
    expect((await collect(streamAnswer(ports, controller.signal))).outcome).toEqual({ kind: 'complete' });
  });

  it('[T12] closes the stream when the listener leaves', async () => {
    const { ports, seen } = stage({
      async *chunks() {
        yield* ['a', 'b', 'stop'];
      },
    });
    for await (const event of streamAnswer(ports, NEVER)) if (event.type === 'delta') break;
    expect(seen.closes).toBe(1);
  });

  it.each([
    ['empty', new Response(null, { status: 204 })],
    ['malformed', new Response('<h1>Soon</h1>', { headers: { 'content-type': 'text/html' } })],
    ['malformed', new Response('{"id":1}', { headers: { 'content-type': 'application/json' } })],
    ['complete', new Response('', { headers: { 'content-type': 'Text/Event-Stream; charset=utf-8' } })],
    ['complete', new Response(new Uint8Array(1))],
  ])('[T8] [T10] gives %s by the response head', async (expected, response) => {
    const { ports } = stage({
      response,
      async *chunks() {
        yield* ['a', 'stop'];
      },
    });
    expect(nameOf((await collect(streamAnswer(ports, NEVER))).outcome)).toBe(expected);
  });

  it('[T10] reads no more of a wrong body than it needs', async () => {
    let pulls = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new TextEncoder().encode('x'.repeat(1_000)));
      },
    });
    const { ports } = stage({ response: new Response(endless, { headers: { 'content-type': 'text/html' } }), async *chunks() {} });
    expect(nameOf((await collect(streamAnswer(ports, NEVER))).outcome)).toBe('malformed');
    expect(pulls).toBeLessThan(10);
  });
});
