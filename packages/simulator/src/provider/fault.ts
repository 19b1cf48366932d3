import { isJsonObject, isOneOf, type JsonObject } from '../json.ts';

/**
 * What a provider can be told to do. `healthy` is the absence of a fault. Grouped by where the wire breaks:
 * at the listener, before headers, as an error status, as a body that is no answer, in the middle of a stream, and
 * as a well-formed answer that doesn't help.
 */
export const FAULT_MODES = [
  'healthy',
  'refused',
  'silent',
  'reset-before-headers',
  'overloaded',
  'server-error',
  'rate-limited',
  'quota',
  'billing',
  'bad-key',
  'forbidden',
  'not-found',
  'context-too-long',
  'html-200',
  'empty-body',
  'slow',
  'trickle',
  'cut',
  'stall',
  'reset',
  'error-event',
  'malformed',
  'no-done',
  'empty',
  'refusal',
  'content-filter',
  'output-limit',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

/** One fault. Fields that a mode doesn't use are ignored. */
export interface Fault {
  readonly mode: FaultMode;
  /** Tokens (stream pieces) sent before cut, stall, reset, error-event, malformed, output-limit and content-filter. Default 3; always leaves at least one unsent. */
  readonly afterTokens?: number;
  /** Time to first token of `slow`. Default 20,000. */
  readonly firstTokenMs?: number;
  /** Gap between tokens of `trickle`. Default 2,000. */
  readonly tokenGapMs?: number;
  /** Delay before headers or an error status. Default: the pace. */
  readonly headersAfterMs?: number;
  /** Status of `overloaded` (default 529 or 503, by provider) and `server-error` (default 500). */
  readonly status?: number;
  /** `retry-after` of `rate-limited` (default 7; 0 sends none) and `overloaded` (default none). */
  readonly retryAfterSeconds?: number;
  /** A `stall` with pings or comments once a second: bytes flow, text doesn't. */
  readonly keepsAlive?: boolean;
  /** Only the first n answers that the fault applies to. */
  readonly times?: number;
  /** Only this share of answers, 0–1, drawn from the simulator's seeded random numbers. */
  readonly share?: number;
  /** Only answers to a last user message containing this text, case ignored. */
  readonly match?: string;
  /** Only requests for these models. */
  readonly models?: readonly string[];
  /** The answers being streamed now break too. */
  readonly interruptInFlight?: boolean;
}

export const HEALTHY: Fault = { mode: 'healthy' };

/** Modes that hit model look-ups as well as answers: the whole route is affected. */
const ROUTE_WIDE = new Set<FaultMode>(
  'silent reset-before-headers overloaded server-error billing bad-key forbidden not-found html-200 empty-body'
    .split(' ')
    .filter((mode) => isOneOf(FAULT_MODES, mode)),
);

export function isRouteWide(fault: Fault): boolean {
  return ROUTE_WIDE.has(fault.mode) && isUnconditional(fault);
}

function isUnconditional(fault: Fault): boolean {
  return fault.times === undefined && fault.share === undefined && fault.match === undefined;
}

const NUMBERS = ['afterTokens', 'firstTokenMs', 'tokenGapMs', 'headersAfterMs', 'status', 'retryAfterSeconds', 'times', 'share'] as const;
const FLAGS = ['keepsAlive', 'interruptInFlight'] as const;
const FIELDS = new Set<string>(['mode', 'match', 'models', ...NUMBERS, ...FLAGS]);

/**
 * Checks a fault that came from outside.
 * @throws RangeError naming the field and what it may be.
 */
export function readFault(value: unknown): Fault {
  if (!isJsonObject(value)) throw new RangeError('a fault is an object with "mode"');
  if (!isOneOf(FAULT_MODES, value.mode)) {
    throw new RangeError(`mode "${String(value.mode)}" is unknown; use one of ${FAULT_MODES.join(', ')}`);
  }
  const unknown = Object.keys(value).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw new RangeError(`fault field "${unknown}" is unknown; use ${[...FIELDS].join(', ')}`);
  for (const field of NUMBERS) checkNumber(field, value[field]);
  for (const field of FLAGS) if (!isOptional('boolean', value[field])) throw new RangeError(`${field} must be true or false`);
  if (!isOptional('string', value.match)) throw new RangeError('match must be text');
  checkModels(value.models);
  const fault = checkedFault(value);
  if (fault.mode === 'refused' && !(isUnconditional(fault) && fault.models === undefined)) {
    throw new RangeError('a closed port refuses everyone: use reset-before-headers with times, share, match or models');
  }
  return fault;
}

function isOptional(type: string, value: unknown): boolean {
  return value === undefined || typeof value === type;
}

function checkNumber(field: (typeof NUMBERS)[number], value: unknown): void {
  if (value === undefined) return;
  const limit = field === 'share' ? 1 : Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'number' || !(value >= 0 && value <= limit)) {
    throw new RangeError(`${field} must be a number from 0${field === 'share' ? ' to 1' : ' up'}, not ${String(value)}`);
  }
  if (field === 'status' && !(Number.isInteger(value) && value >= 400 && value <= 599)) {
    throw new RangeError(`status must be from 400 to 599, not ${value}`);
  }
}

function checkModels(models: unknown): void {
  const isList = models === undefined || (Array.isArray(models) && models.every((model) => typeof model === 'string'));
  if (!isList) throw new RangeError('models must be a list of model names');
}

/** Guaranteed by `readFault`, which has checked every field of the type and that there is no other. */
function checkedFault(value: JsonObject): Fault {
  return value as unknown as Fault;
}
