import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderId } from '../providers.ts';
import type { FaultMode } from './fault.ts';

/**
 * How a request ended: `completed` a whole answer · `faulted` a fault played out · `rejected` the request itself was
 * wrong · `aborted` the client left first · `interrupted` a later fault broke it · `open` still going.
 */
export type RequestOutcome = 'open' | 'completed' | 'faulted' | 'rejected' | 'aborted' | 'interrupted';

export interface RecordedRequest {
  readonly requestId: string;
  readonly provider: ProviderId;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Keys are masked to their first four characters. */
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
  readonly model: string | null;
  readonly fault: FaultMode;
  readonly outcome: RequestOutcome;
  readonly tokensSent: number;
  readonly endedAt: number | null;
}

/** A record that its request still writes to. */
export type OpenRecord = { -readonly [field in keyof RecordedRequest]: RecordedRequest[field] };

export interface RequestLog {
  add(record: OpenRecord): void;
  list(): readonly RecordedRequest[];
  clear(): void;
}

/** Enough for a chaos run; the oldest go first. */
const KEPT = 5_000;

export function createRequestLog(): RequestLog {
  let records: OpenRecord[] = [];
  return {
    add: (record) => {
      records.push(record);
      if (records.length > KEPT) records = records.slice(-KEPT);
    },
    list: () => records.map((record) => ({ ...record })),
    clear: () => {
      records = [];
    },
  };
}

/** Headers as text, with the credentials masked. */
export function maskedHeaders(headers: IncomingHttpHeaders): { readonly [name: string]: string } {
  const entries = Object.entries(headers).map(([name, value]) => [name, mask(name, String(value ?? ''))]);
  return Object.fromEntries(entries);
}

function mask(name: string, value: string): string {
  if (name === 'x-api-key' || name === 'cookie') return maskKey(value);
  return name === 'authorization' ? value.replace(/\S+$/, maskKey) : value;
}

export function maskKey(key: string): string {
  return `${key.slice(0, 4)}****`;
}
