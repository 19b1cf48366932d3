import type { WireAttempt, WireChunk, WireEnd } from '../script/wire-script.ts';
import { DONE } from '../wire/chat.ts';
import type { Dialect, SimulatedAnswer, StreamEncoder } from '../wire/dialect.ts';
import { JSON_HEADERS, SSE_HEADERS } from '../wire/sse.ts';
import { tokensBeforeFault } from './build-answer.ts';
import type { Fault } from './fault.ts';

/** How fast a healthy provider talks. */
export interface Pace {
  /** Request to first visible text. Default 250. */
  readonly firstTokenMs: number;
  /** Between two pieces of text. Default 25. */
  readonly tokenGapMs: number;
}

export interface AnswerPlan {
  readonly dialect: Dialect;
  readonly answer: SimulatedAnswer;
  readonly isStream: boolean;
  readonly fault: Fault;
  readonly pace: Pace;
  /** Request id and rate limits. */
  readonly headers: { readonly [name: string]: string };
}

const SLOW_FIRST_TOKEN_MS = 20_000;
const TRICKLE_GAP_MS = 2_000;
const KEEP_ALIVE_MS = 1_000;
/** Ten hours of keep-alives: longer than anyone waits, short enough to be a number. */
const KEEP_ALIVE_COUNT = 36_000;
/** RST discards what the client hasn't read; on loopback this is ample for text already sent to arrive. */
const RESET_AFTER_MS = 15;

/** Writes an answer, and the fault that breaks it, as one wire attempt. */
export function planAnswer(plan: AnswerPlan): WireAttempt {
  const pace = paceOf(plan);
  return plan.isStream ? planStream(plan, pace) : planWhole(plan, pace);
}

interface Timing {
  readonly headersAfterMs: number;
  readonly firstTokenMs: number;
  readonly tokenGapMs: number;
}

function paceOf({ fault, pace }: AnswerPlan): Timing {
  const headersAfterMs = fault.headersAfterMs ?? Math.floor(pace.firstTokenMs / 2);
  return {
    headersAfterMs,
    firstTokenMs: fault.mode === 'slow' ? (fault.firstTokenMs ?? SLOW_FIRST_TOKEN_MS) : Math.max(0, pace.firstTokenMs - headersAfterMs),
    tokenGapMs: fault.mode === 'trickle' ? (fault.tokenGapMs ?? TRICKLE_GAP_MS) : pace.tokenGapMs,
  };
}

function planStream({ dialect, answer, fault, headers }: AnswerPlan, timing: Timing): WireAttempt {
  const encoder = dialect.encoder(answer);
  const opening = { text: encoder.opening() };
  const token = (text: string, index: number): WireChunk => ({
    afterMs: index === 0 ? timing.firstTokenMs : timing.tokenGapMs,
    text: encoder.delta(text),
    isToken: true,
  });
  const head = { headersAfterMs: timing.headersAfterMs, status: 200, headers: { ...SSE_HEADERS, ...headers } };
  const breakAt = tokensBeforeFault(fault, answer.chunks.length);
  const begun = () => [opening, ...answer.chunks.slice(0, breakAt).map(token)];
  const broken = brokenTail(fault, encoder);
  if (broken !== null) return { ...head, chunks: [...begun(), ...broken.chunks], end: broken.end, endAfterMs: broken.endAfterMs };
  const afterMs = timing.tokenGapMs;
  if (fault.mode === 'malformed') {
    const rest = answer.chunks.slice(breakAt).map((text, index) => token(text, breakAt + index + 1));
    return {
      ...head,
      chunks: [...begun(), { afterMs, text: encoder.broken() }, ...rest, { afterMs, text: encoder.closing() }],
      end: 'end',
    };
  }
  const tokens = answer.chunks.map(token);
  const closing = encoder.closing();
  const text = fault.mode === 'no-done' ? closing.replace(DONE, '') : closing;
  return { ...head, chunks: [opening, ...tokens, { afterMs, text }], end: 'end' };
}

/** How a stream breaks off: what is still written, and how it ends. */
export interface BrokenTail {
  readonly chunks: readonly WireChunk[];
  readonly end: WireEnd;
  readonly endAfterMs: number;
}

function brokenTail(fault: Fault, encoder: StreamEncoder): BrokenTail | null {
  switch (fault.mode) {
    case 'cut':
      return { chunks: [], end: 'end', endAfterMs: 0 };
    case 'reset':
      return { chunks: [], end: 'reset', endAfterMs: RESET_AFTER_MS };
    case 'stall':
      return { chunks: fault.keepsAlive ? [keepAlive(encoder)] : [], end: 'hang', endAfterMs: 0 };
    case 'error-event':
      return { chunks: [{ text: encoder.errorEvent() }], end: 'end', endAfterMs: 0 };
    default:
      return null;
  }
}

function keepAlive(encoder: StreamEncoder): WireChunk {
  return { afterMs: KEEP_ALIVE_MS, text: encoder.keepAlive(), repeat: KEEP_ALIVE_COUNT };
}

/** How an answer in flight breaks when a fault is switched on with `interruptInFlight`; `null` when the mode leaves it alone. */
export function planInterruption(fault: Fault, encoder: StreamEncoder): BrokenTail | null {
  switch (fault.mode) {
    case 'healthy':
    case 'slow':
    case 'trickle':
    case 'no-done':
      return null;
    case 'refused':
    case 'reset-before-headers':
      return brokenTail({ mode: 'reset' }, encoder);
    case 'silent':
      return brokenTail({ mode: 'stall' }, encoder);
    case 'overloaded':
    case 'server-error':
    case 'rate-limited':
      return brokenTail({ mode: 'error-event' }, encoder);
    default:
      return brokenTail(fault, encoder) ?? brokenTail({ mode: 'cut' }, encoder);
  }
}

function planWhole({ dialect, answer, fault, headers }: AnswerPlan, timing: Timing): WireAttempt {
  const json = JSON.stringify(dialect.whole(answer));
  const allTokensMs = timing.firstTokenMs + timing.tokenGapMs * answer.chunks.length;
  const head = { headersAfterMs: timing.headersAfterMs + allTokensMs, status: 200, headers: { ...JSON_HEADERS, ...headers } };
  const half = { text: json.slice(0, Math.floor(json.length / 2)) };
  const tokens = answer.chunks.map((): WireChunk => ({ text: '', isToken: true }));
  switch (fault.mode) {
    case 'cut':
    case 'malformed':
    case 'error-event':
      return { ...head, chunks: [half], end: 'end' };
    case 'reset':
      return { ...head, chunks: [half], end: 'reset', endAfterMs: RESET_AFTER_MS };
    case 'stall':
      return { ...head, chunks: [half], end: 'hang' };
    default:
      return { ...head, chunks: [{ text: json }, ...tokens], end: 'end' };
  }
}
