import { describe, expect, it } from 'vitest';
import { failureDetail } from './failure-detail.ts';
import { failedBy } from './outcome.ts';

describe('failure detail', () => {
  it.each([
    ['Incorrect API key provided: sk-****abcd.', 'Incorrect API key provided: [key]'],
    ['bad key sk-ant-api03-AbC123_x-9 here', 'bad key [key] here'],
    ['Authorization: Bearer abc.def', 'Authorization: [key]'],
    ['invalid x-api-key', 'invalid x-api-key'],
    ['the api-version header is missing', 'the api-version header is missing'],
    ['<html><h1>502</h1>\n\n<p>Bad\tGateway</p></html>', '502 Bad Gateway'],
    ['plain', 'plain'],
  ])('[T24] %j becomes %j', (text, expected) => {
    expect(failureDetail(text)).toBe(expected);
  });

  it('[T24] takes out the exact key, whatever it looks like', () => {
    expect(failureDetail('no access for "hunter two"', ['hunter two', ''])).toBe('no access for "[key]"');
  });

  it('[T24] has at most 200 characters', () => {
    expect(failureDetail('x'.repeat(200))).toHaveLength(200);
    const cut = failureDetail('x'.repeat(201));
    expect(cut).toHaveLength(200);
    expect(cut.endsWith('…')).toBe(true);
  });

  it('[T24] a failure holds what the provider named, and only that', () => {
    const error = {
      status: 429,
      type: 'rate_limit_error',
      message: 'slow down',
      hasErrorBody: true,
      retryAfterMs: 7_000,
      requestId: 'req_1',
    };
    expect(failedBy(error, 'rate-limited', [])).toEqual({
      kind: 'failed',
      failure: {
        reason: 'rate-limited',
        detail: 'HTTP 429 rate_limit_error slow down',
        statusCode: 429,
        providerCode: 'rate_limit_error',
        retryAfterMs: 7_000,
        requestId: 'req_1',
      },
    });
    expect(failedBy({ message: '', hasErrorBody: true }, 'stream-error', [])).toEqual({
      kind: 'failed',
      failure: { reason: 'stream-error', detail: 'error' },
    });
  });
});
