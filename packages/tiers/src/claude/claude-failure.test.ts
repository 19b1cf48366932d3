import { describe, expect, it } from 'vitest';
import type { ErrorPlace, ProviderError } from '../failure/provider-error.ts';
import { catalogueErrors } from '../testing/catalogue-errors.ts';
import { nameOf } from '../testing/collect.ts';
import { claudeErrorInBody } from './claude-error.ts';
import { claudeOutcome } from './claude-failure.ts';

type Fields = Partial<ProviderError>;

function name(fields: Fields, place: ErrorPlace = fields.status === undefined ? 'stream' : 'status'): string {
  return nameOf(claudeOutcome({ message: '', hasErrorBody: true, ...fields }, place));
}

const fromCatalogue = catalogueErrors('anthropic');

describe('claude failure', () => {
  it.skipIf(fromCatalogue.length === 0).each(fromCatalogue)('[T21] catalogue: $id', ({ status, body, expected }) => {
    const error = claudeErrorInBody(body);
    expect(name(error === undefined ? { status, hasErrorBody: false } : { ...error, status })).toBe(expected);
  });

  it.each<[string, Fields]>([
    ['auth', { status: 401, type: 'authentication_error' }],
    ['auth', { status: 403, type: 'permission_error' }],
    ['quota', { status: 402, type: 'billing_error' }],
    ['quota', { status: 400, type: 'billing_error' }],
    ['quota', { status: 429, type: 'rate_limit_error', code: 'enforced_spend_limit_reached' }],
    ['quota', { status: 429, type: 'rate_limit_error', code: 'contract_spend_limit_reached' }],
    ['quota', { status: 402, code: 'linked_organization_spend_limit_reached' }],
    ['quota', { status: 400, code: 'organization_on_hold' }],
    ['quota', { status: 400, message: 'You have reached your specified API usage limits. You will regain access on 2026-12-01.' }],
    ['quota', { status: 400, message: 'Your credit balance is too low to access the Anthropic API.' }],
    ['rate-limited', { status: 429, type: 'rate_limit_error' }],
    ['rate-limited', { status: 429, type: 'rate_limit_error', code: 'ramp_limit_exceeded' }],
    ['model-missing', { status: 404, type: 'not_found_error' }],
    ['misdirected', { status: 404, hasErrorBody: false }],
    ['misdirected', { status: 405, hasErrorBody: false }],
    ['misdirected', { status: 302, hasErrorBody: false }],
    ['context-too-long', { status: 400, message: 'prompt is too long: 214331 tokens > 200000 maximum' }],
    ['context-too-long', { status: 400, message: 'input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000' }],
    ['refused', { status: 400, message: 'Output blocked by content filtering policy' }],
    ['rejected', { status: 400, type: 'invalid_request_error', message: 'You have reached an unknown field' }],
    ['rejected', { status: 413, type: 'request_too_large' }],
    ['rejected', { status: 422 }],
    ['rejected', { status: 418 }],
    ['server-error', { status: 408 }],
    ['server-error', { status: 409 }],
    ['server-error', { status: 500, type: 'api_error' }],
    ['server-error', { status: 502, hasErrorBody: false }],
    ['server-error', { status: 520, hasErrorBody: false }],
    ['overloaded', { status: 500, type: 'overloaded_error' }],
    ['overloaded', { status: 503 }],
    ['overloaded', { status: 504 }],
    ['overloaded', { status: 529, type: 'overloaded_error' }],
  ])('[T21] is %s for %j', (expected, fields) => {
    expect(name(fields)).toBe(expected);
  });

  it.each<[string, Fields]>([
    ['overloaded', { type: 'overloaded_error' }],
    ['rate-limited', { type: 'rate_limit_error' }],
    ['quota', { type: 'billing_error' }],
    ['auth', { type: 'authentication_error' }],
    ['model-missing', { type: 'not_found_error' }],
    ['rejected', { type: 'invalid_request_error' }],
    ['context-too-long', { type: 'invalid_request_error', message: 'prompt is too long' }],
    ['stream-error', { type: 'api_error' }],
    ['stream-error', { type: 'timeout_error' }],
    ['stream-error', { message: 'prompt is too long' }],
    ['stream-error', { type: 'constructor', code: 'toString' }],
    ['stream-error', {}],
  ])('[T23] inside a stream is %s for %j', (expected, fields) => {
    expect(name(fields)).toBe(expected);
  });

  it('[T23] inside a body with status 200 an unnamed error is malformed', () => {
    expect(name({ type: 'api_error' }, 'body')).toBe('malformed');
    expect(name({ type: 'overloaded_error' }, 'body')).toBe('overloaded');
    expect(claudeErrorInBody({ id: 'msg_1' })).toBeUndefined();
    expect(claudeErrorInBody('<html>')).toBeUndefined();
  });
});
