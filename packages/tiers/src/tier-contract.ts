import type { AnswerEvent, AnswerSource } from '@stepdown/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, nameOf, REQUEST } from './testing/collect.ts';
import type { Dialect, SourceSettings } from './testing/dialects.ts';
import { startWireServer, type WireServer } from './testing/wire-server.ts';
import { sendAnswer, WIRE_TEXT } from './testing/wire-text.ts';

const CLOSED_WITHIN_MS = 50;
/** A busy machine may miss 50 ms once; a source that does not close misses it every time. */
const TIMED = { retry: 2 };

/**
 * What every model source must do, played against a loopback server that speaks its dialect.
 * A new provider passes this suite before it becomes a tier.
 */
export function describeTierContract(name: string, dialect: Dialect, createSource: (settings: SourceSettings) => AnswerSource): void {
  describe(`tier contract: ${name}`, () => {
    const wire = WIRE_TEXT[dialect];
    const never = new AbortController().signal;
    let server: WireServer;
    afterEach(() => server.close());

    function source(): AnswerSource {
      return createSource({ baseUrl: server.origin });
    }

    describe('with a whole answer', () => {
      beforeEach(async () => {
        server = await startWireServer((_request, response) => sendAnswer(response, dialect, 'Hello there.'));
      });

      it('[T1] [T4] [T14] gives headers, text and one complete end with model and usage', async () => {
        const { events } = await collect(source().answer(REQUEST, never));
        expect(events).toEqual([
          { type: 'headers', requestId: 'req_1' },
          { type: 'delta', text: 'Hello there.' },
          { type: 'end', outcome: { kind: 'complete' }, model: 'm', usage: { inputTokens: 3, outputTokens: 5, cachedInputTokens: 0 } },
        ]);
      });

      it('[T11] uses connections again for answers that follow each other', async () => {
        const same = source();
        for (let index = 0; index < 4; index += 1) await collect(same.answer(REQUEST, never));
        expect(server.requests).toHaveLength(4);
        // The second answer may begin a moment before the first connection is free again.
        expect(server.connectionCount).toBeLessThanOrEqual(2);
      });

      it('[T12] asks nothing when it is aborted already', async () => {
        const { events } = await collect(source().answer(REQUEST, AbortSignal.abort()));
        expect(events).toMatchObject([{ type: 'end', outcome: { failure: { reason: 'aborted' } } }]);
        expect(server.requests).toEqual([]);
      });

      it('[T36] a probe passes, is small and holds nothing of a visitor', async () => {
        const { outcome, text } = await collect(source().probe(never));
        expect(outcome).toEqual({ kind: 'complete' });
        expect(text).not.toBe('');
        expect(server.requests[0]?.rawBody.length).toBeLessThan(600);
      });

      it('[T12] many answers at once stay apart', async () => {
        const same = source();
        const results = await Promise.all(Array.from({ length: 20 }, () => collect(same.answer(REQUEST, never))));
        expect(new Set(results.map(({ text, outcome }) => `${text} ${nameOf(outcome)}`))).toEqual(new Set(['Hello there. complete']));
      });
    });

    describe('with an answer that stops half-way', () => {
      beforeEach(async () => {
        server = await startWireServer((_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(wire.start + wire.piece('Hello '));
        });
      });

      it('[T12] an abort ends it at once and closes the socket', TIMED, async () => {
        const controller = new AbortController();
        const events: AnswerEvent[] = [];
        let abortedAt = 0;
        for await (const event of source().answer(REQUEST, controller.signal)) {
          events.push(event);
          if (event.type !== 'delta') continue;
          abortedAt = performance.now();
          controller.abort('stalled');
        }
        expect(performance.now() - abortedAt).toBeLessThan(CLOSED_WITHIN_MS);
        expect(events.at(-1)).toMatchObject({ type: 'end', outcome: { failure: { reason: 'aborted' } } });
        await server.allClosed();
        expect(performance.now() - abortedAt).toBeLessThan(CLOSED_WITHIN_MS);
      });

      it('[T12] a listener that leaves closes the socket', TIMED, async () => {
        for await (const event of source().answer(REQUEST, never)) if (event.type === 'delta') break;
        const leftAt = performance.now();
        await server.allClosed();
        expect(performance.now() - leftAt).toBeLessThan(CLOSED_WITHIN_MS);
      });
    });

    describe('with a server that keeps the line open', () => {
      it('[T11] is complete 250 ms after the terminal event', async () => {
        server = await startWireServer((_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(wire.start + wire.piece('Hello.') + wire.end);
        });
        const startedAt = performance.now();
        const { outcome } = await collect(source().answer(REQUEST, never));
        expect(outcome).toEqual({ kind: 'complete' });
        expect(performance.now() - startedAt).toBeLessThan(1_500);
        await server.allClosed();
      });

      it('[T12] [T16] an abort before headers ends it, and closes the socket', async () => {
        const controller = new AbortController();
        server = await startWireServer(() => controller.abort('headers-timeout'));
        expect(nameOf((await collect(source().answer(REQUEST, controller.signal))).outcome)).toBe('aborted');
        await server.allClosed();
      });

      it('[T16] gives up on headers by itself', async () => {
        server = await startWireServer(() => undefined);
        const slow = createSource({ baseUrl: server.origin, headersMs: 150 });
        expect(nameOf((await collect(slow.answer(REQUEST, never))).outcome)).toBe('headers-timeout');
        await server.allClosed();
      });
    });

    it('[T13] retries nothing that the SDK would retry', async () => {
      server = await startWireServer((_request, response) => {
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '0', 'x-should-retry': 'true' });
        response.end('{"error":{"type":"rate_limit_error","message":"slow"}}');
      });
      expect(nameOf((await collect(source().answer(REQUEST, never))).outcome)).toBe('rate-limited');
      expect(server.requests).toHaveLength(1);
    });
  });
}
