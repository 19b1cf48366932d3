import { isJsonObject, isOneOf, type JsonObject } from '../json.ts';

const LISTENERS = [
  'http',
  'refuse',
  'reset',
  'silent',
  'dns-nxdomain',
  'tls-selfsigned',
  'tls-silent',
  'plaintext-on-tls',
  'syn-blackhole',
] as const;
export type ListenerKind = (typeof LISTENERS)[number];

const WIRE_ENDS = ['end', 'reset', 'hang', 'fin', 'destroy'] as const;
/** `end` closes cleanly, `reset` sends RST, `hang` says nothing more, `fin` closes the socket under an open response, `destroy` drops it. */
export type WireEnd = (typeof WIRE_ENDS)[number];

/** One write. `{i}` in `text` becomes the repeat index. */
export interface WireChunk {
  readonly afterMs?: number;
  readonly text?: string;
  readonly base64?: string;
  /** Plays the chunk this many times, `afterMs` before each. Default 1. */
  readonly repeat?: number;
  /** Counts as one visible token of an answer. */
  readonly isToken?: boolean;
}

/** What the wire shows for one request. `status: null` sends no headers at all; `rawHead` replaces them byte by byte. */
export interface WireAttempt {
  readonly headersAfterMs?: number;
  readonly status?: number | null;
  readonly headers?: { readonly [name: string]: string };
  readonly rawHead?: string;
  readonly earlyHints?: boolean;
  readonly chunks?: readonly WireChunk[];
  readonly end?: WireEnd;
  /** Wait between the last chunk and `end`, so that a reset can't overtake text still in the client's socket. */
  readonly endAfterMs?: number;
}

export interface WireScript {
  readonly listener?: ListenerKind;
  /** Request n of a run plays attempt n; the last one repeats. */
  readonly attempts?: readonly WireAttempt[];
  /** Answers before the request body has arrived. */
  readonly respondBeforeBody?: boolean;
}

/** Scripts by dialect (`anthropic`, `openai-responses`, `openai-chat`) or `any`. */
export interface ScriptEntry {
  readonly id: string;
  readonly wire: { readonly [dialect: string]: WireScript };
}

/**
 * Reads a fault catalogue (`{entries: [{id, wire}]}`) or a bare list of entries. Entries that compose other entries
 * over time (`wire.scenario`) have no script and are left out.
 * @throws TypeError naming the entry and the field that can't be played.
 */
export function readScripts(catalogue: unknown): ScriptEntry[] {
  const list = isJsonObject(catalogue) ? catalogue.entries : catalogue;
  if (!Array.isArray(list)) throw new TypeError('a fault catalogue is a list of entries, or an object with "entries"');
  return list.filter(hasScript).map(readEntry);
}

function hasScript(entry: unknown): boolean {
  return !(isJsonObject(entry) && isJsonObject(entry.wire) && 'scenario' in entry.wire);
}

function readEntry(entry: unknown): ScriptEntry {
  if (!isJsonObject(entry) || typeof entry.id !== 'string' || !isJsonObject(entry.wire)) {
    throw new TypeError('a script entry needs "id" and "wire"');
  }
  const id = entry.id;
  for (const [dialect, script] of Object.entries(entry.wire)) checkScript(`${id}.${dialect}`, script);
  return { id, wire: checkedWire(entry.wire) };
}

/** Guaranteed by `checkScript`, which has looked at every field of every dialect that the player reads. */
function checkedWire(wire: JsonObject): ScriptEntry['wire'] {
  return wire as ScriptEntry['wire'];
}

function checkScript(place: string, script: unknown): void {
  if (!isJsonObject(script)) throw new TypeError(`${place} is no script`);
  const { listener, attempts } = script;
  if (listener !== undefined && !isOneOf(LISTENERS, listener)) throw new TypeError(`${place}.listener: unknown "${String(listener)}"`);
  if (attempts === undefined) return;
  if (!Array.isArray(attempts)) throw new TypeError(`${place}.attempts must be a list`);
  attempts.forEach((attempt, index) => {
    checkAttempt(`${place}.attempts[${index}]`, attempt);
  });
}

function checkAttempt(place: string, attempt: unknown): void {
  if (!isJsonObject(attempt)) throw new TypeError(`${place} is no attempt`);
  const { status, rawHead, end, chunks, headers } = attempt;
  if (end !== undefined && !isOneOf(WIRE_ENDS, end)) throw new TypeError(`${place}.end: unknown "${String(end)}"`);
  if (status !== undefined && status !== null && !Number.isInteger(status)) throw new TypeError(`${place}.status must be a number or null`);
  if (rawHead !== undefined && typeof rawHead !== 'string') throw new TypeError(`${place}.rawHead must be text`);
  if (headers !== undefined && !isJsonObject(headers)) throw new TypeError(`${place}.headers must be an object`);
  if (chunks === undefined) return;
  const isPlayable = (chunk: unknown) => isJsonObject(chunk) && (typeof chunk.text === 'string' || typeof chunk.base64 === 'string');
  if (!Array.isArray(chunks) || !chunks.every(isPlayable)) throw new TypeError(`${place}.chunks must be a list of text or base64`);
}
