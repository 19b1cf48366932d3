import { describe, expect, it } from 'vitest';
import type { ErrorPlace, ProviderError } from '../failure/provider-error.ts';
import { catalogueErrors } from '../testing/catalogue-errors.ts';
import { nameOf } from '../testing/collect.ts';
import { openaiErrorInBody } from './openai-error.ts';
import { openaiOutcome } from './openai-failure.ts';

type Fields = Partial<ProviderError>;

function name(fields: Fields, place: ErrorPlace = fields.status === undefined ? 'stream' : 'status'): string {
  return nameOf(openaiOutcome({ message: '', hasErrorBody: true, ...fields }, place));
}

const responses = catalogueErrors('openai-responses');
const chat = catalogueErrors('openai-chat');

describe('openai failure', () => {
  it.skipIf(responses.length === 0).each([...responses, ...chat])('[T22] catalogue: $id', ({ status, body, expected }) => {
    const error = openaiErrorInBody(body);
    expect(name(error === undefined ? { status, hasErrorBody: false } : { ...error, status })).toBe(expected);
  });

  it.each<[string, Fields]>([
    ['auth', { status: 401, code: 'invalid_api_key', type: 'invalid_request_error' }],
    ['auth', { status: 403, code: 'unsupported_country_region_territory' }],
    ['quota', { status: 402 }],
    ['quota', { status: 429, type: 'insufficient_quota', code: 'credit_balance_exhausted' }],
    ['quota', { status: 429, type: 'insufficient_quota' }],
    ['quota', { status: 429, code: 'organization_spend_limit_exceeded' }],
    ['quota', { status: 429, code: 'project_spend_limit_exceeded' }],
    ['quota', { status: 429, code: 'organization_usage_limit_exceeded' }],
    ['quota', { status: 400, code: 'billing_hard_limit_reached' }],
    ['rate-limited', { status: 429, code: 'rate_limit_exceeded', type: 'tokens' }],
    ['rate-limited', { status: 429, code: 'slow_down' }],
    ['model-missing', { status: 404, code: 'model_not_found' }],
    ['model-missing', { status: 404, message: 'model "qwen" not found, try pulling it first' }],
    ['misdirected', { status: 404, hasErrorBody: false }],
    ['misdirected', { status: 407, hasErrorBody: false }],
    ['context-too-long', { status: 400, code: 'context_length_exceeded' }],
    ['context-too-long', { status: 400, type: 'exceed_context_size_error', message: 'the request exceeds the available context size' }],
    [
      'context-too-long',
      { status: 400, message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens" },
    ],
    ['refused', { status: 400, code: 'content_policy_violation' }],
    ['refused', { status: 400, code: 'content_filter' }],
    ['refused', { status: 400, code: 'invalid_prompt' }],
    ['rejected', { status: 400, code: 'unsupported_parameter', type: 'invalid_request_error' }],
    ['rejected', { status: 400, code: 'integer_above_max_value' }],
    ['rejected', { status: 413 }],
    ['rejected', { status: 422 }],
    ['server-error', { status: 408 }],
    ['server-error', { status: 409 }],
    ['server-error', { status: 500, code: 'content_filter' }],
    ['server-error', { status: 500, message: 'context size' }],
    ['server-error', { status: 502, hasErrorBody: false }],
    ['overloaded', { status: 503, code: 'server_is_overloaded' }],
    ['overloaded', { status: 503, type: 'unavailable_error', message: 'Loading model' }],
    ['overloaded', { status: 504 }],
  ])('[T22] is %s for %j', (expected, fields) => {
    expect(name(fields)).toBe(expected);
  });

  it.each<[string, Fields]>([
    ['rate-limited', { code: 'rate_limit_exceeded' }],
    ['quota', { code: 'insufficient_quota' }],
    ['overloaded', { code: 'server_is_overloaded' }],
    ['auth', { code: 'invalid_api_key' }],
    ['model-missing', { code: 'model_not_found' }],
    ['context-too-long', { code: 'context_length_exceeded' }],
    ['refused', { code: 'misalignment_policy_violation' }],
    ['rejected', { type: 'invalid_request_error' }],
    ['stream-error', { code: 'server_error', type: 'server_error' }],
    ['stream-error', { type: 'constructor', code: 'toString' }],
    ['stream-error', {}],
  ])('[T23] inside a stream is %s for %j', (expected, fields) => {
    expect(name(fields)).toBe(expected);
  });

  it('[T23] inside a body with status 200 an unnamed error is malformed', () => {
    expect(name({ code: 'server_error' }, 'body')).toBe('malformed');
    expect(openaiErrorInBody({ error: 'model is loading' })).toMatchObject({ message: 'model is loading' });
    expect(openaiErrorInBody({ id: 'chatcmpl-1', choices: [] })).toBeUndefined();
    expect(openaiErrorInBody({ error: null })).toBeUndefined();
  });
});
