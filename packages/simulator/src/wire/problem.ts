import type { JsonObject } from '../json.ts';

/** The two shapes of an error body. */
export type WireFamily = 'anthropic' | 'openai';

/** A refusal as the provider words it. */
export interface WireProblem {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  /** Anthropic only: `error.details`. */
  readonly details?: JsonObject;
  readonly headers?: { readonly [name: string]: string };
}

export function isProblem(value: object): value is WireProblem {
  return 'status' in value && 'message' in value;
}

export function problemBody(family: WireFamily, problem: WireProblem, requestId: string): JsonObject {
  const { type, message } = problem;
  if (family === 'openai') return { error: { message, type, param: problem.param ?? null, code: problem.code ?? null } };
  const error = { type, message, ...(problem.details ? { details: problem.details } : {}) };
  return { type: 'error', error, request_id: requestId };
}

/** A 400 in the words of either family. */
export function badRequest(message: string, extra: Partial<WireProblem> = {}): WireProblem {
  return { status: 400, type: 'invalid_request_error', message, ...extra };
}

/** Said by models that take no half-written assistant message as the beginning of their answer. */
export const PREFILL_REFUSED = badRequest(
  'This model does not support assistant message prefill. The conversation must end with a user message.',
);
