import type { AnswerEvent, AttemptOutcome, Clock } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import { causeChain, type Phase } from '../transport/transport-reason.ts';
import type { StreamReader } from './stream-reader.ts';
import { wrongBodyOutcome } from './wrong-body.ts';

/**
 * After the terminal event the stream may take this long to end, so that late usage is counted and the connection can
 * be used again. Providers end it in the same packet; what hangs longer is closed and the answer stands.
 */
const LINGER_MS = 250;

/** A response whose headers are there and whose body has not been touched. */
export interface OpenedStream {
  readonly events: AsyncIterable<unknown>;
  readonly response: Response;
  readonly requestId: string | undefined;
  close(): void;
}

interface SdkStream {
  readonly data: AsyncIterable<unknown> & { readonly controller: AbortController };
  readonly response: Response;
  readonly request_id: string | null | undefined;
}

/** What `.withResponse()` of either SDK gives for a raw stream. */
export function openedStream({ data, response, request_id }: SdkStream): OpenedStream {
  return { events: data, response, requestId: request_id ?? undefined, close: () => data.controller.abort() };
}

export interface StreamPorts {
  readonly clock: Clock;
  open(signal: AbortSignal): Promise<OpenedStream>;
  createReader(): StreamReader;
  outcomeOfException(cause: unknown, phase: Phase): AttemptOutcome;
  outcomeOfBody(body: unknown): AttemptOutcome | undefined;
}

/**
 * One attempt as the port wants it: headers, then text, then exactly one `end`, and never an exception.
 * Our own abort ends it as `aborted`, whatever the SDK makes of it: raw iteration ends without a word then.
 */
export async function* streamAnswer(ports: StreamPorts, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
  try {
    yield* attempt(ports, signal);
  } catch (cause) {
    yield { type: 'end', outcome: failed('internal', causeChain(cause)[0]?.message ?? String(cause)) };
  }
}

async function* attempt(ports: StreamPorts, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
  const opened = await openOrFail(ports, signal);
  if ('kind' in opened) {
    yield { type: 'end', outcome: opened };
    return;
  }
  const reader = ports.createReader();
  let outcome: AttemptOutcome;
  try {
    yield { type: 'headers', ...(opened.requestId === undefined ? {} : { requestId: opened.requestId }) };
    const wrongBody = await wrongBodyOutcome(opened.response, ports.outcomeOfBody);
    outcome = wrongBody ?? (yield* readThrough(opened, reader, ports, signal));
  } finally {
    // Also when the listener stops listening in the middle: the socket must not outlive the answer.
    opened.close();
  }
  yield {
    type: 'end',
    outcome: signal.aborted && reader.outcome === undefined ? aborted() : withRequestId(outcome, opened.requestId),
    ...(reader.model === undefined ? {} : { model: reader.model }),
    ...(reader.usage === undefined ? {} : { usage: reader.usage }),
  };
}

async function openOrFail(ports: StreamPorts, signal: AbortSignal): Promise<OpenedStream | AttemptOutcome> {
  if (signal.aborted) return aborted();
  try {
    return await ports.open(signal);
  } catch (cause) {
    return signal.aborted ? aborted() : ports.outcomeOfException(cause, 'opening');
  }
}

async function* readThrough(
  opened: OpenedStream,
  reader: StreamReader,
  ports: StreamPorts,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, AttemptOutcome, undefined> {
  const iterator = opened.events[Symbol.asyncIterator]();
  for (;;) {
    const step = await nextStep(iterator, reader.outcome === undefined ? undefined : ports.clock);
    if (step.kind === 'chunk' && !signal.aborted) yield* reader.read(step.chunk);
    else if (reader.outcome !== undefined) return reader.outcome;
    else if (signal.aborted) return aborted();
    else if (step.kind === 'broken') return ports.outcomeOfException(step.cause, 'streaming');
    else if (step.kind === 'ended') return failed('cut', 'stream ended without a terminal event');
  }
}

/** An error inside a stream names no request id; the headers did. */
function withRequestId(outcome: AttemptOutcome, requestId: string | undefined): AttemptOutcome {
  if (outcome.kind !== 'failed' || requestId === undefined) return outcome;
  return { kind: 'failed', failure: { requestId, ...outcome.failure } };
}

type Step =
  | { readonly kind: 'chunk'; readonly chunk: unknown }
  | { readonly kind: 'ended' }
  | { readonly kind: 'broken'; readonly cause: unknown };

/** The next chunk. With a clock it waits no longer than `LINGER_MS`, then counts the stream as ended. */
async function nextStep(iterator: AsyncIterator<unknown>, clock: Clock | undefined): Promise<Step> {
  const next = iterator.next().then(
    (result): Step => (result.done ? { kind: 'ended' } : { kind: 'chunk', chunk: result.value }),
    (cause: unknown): Step => ({ kind: 'broken', cause }),
  );
  if (clock === undefined) return next;
  const { promise: late, resolve } = Promise.withResolvers<Step>();
  const timer = clock.setTimeout(() => resolve({ kind: 'ended' }), LINGER_MS);
  const step = await Promise.race([next, late]);
  clock.clearTimeout(timer);
  return step;
}

function aborted(): AttemptOutcome {
  return failed('aborted', 'stopped by the caller');
}
