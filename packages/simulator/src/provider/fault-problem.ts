import { badRequest, type WireFamily, type WireProblem } from '../wire/problem.ts';
import type { Fault } from './fault.ts';

export interface ProblemFacts {
  readonly model: string;
  readonly nowMs: number;
}

/** The error status a fault stands for, in the provider's own words; `null` for faults that are no error status. */
export function faultProblem(fault: Fault, family: WireFamily, facts: ProblemFacts): WireProblem | null {
  return family === 'anthropic' ? anthropicProblem(fault, facts) : openaiProblem(fault, facts);
}

function anthropicProblem(fault: Fault, { model, nowMs }: ProblemFacts): WireProblem | null {
  switch (fault.mode) {
    case 'overloaded':
      return { status: fault.status ?? 529, type: 'overloaded_error', message: 'Overloaded', headers: retryAfter(fault.retryAfterSeconds) };
    case 'server-error':
      return { status: fault.status ?? 500, type: 'api_error', message: 'Internal server error' };
    case 'rate-limited':
      return {
        status: 429,
        type: 'rate_limit_error',
        message: 'This request would exceed the rate limit for your organization of 50,000 input tokens per minute.',
        headers: { ...retryAfter(fault.retryAfterSeconds ?? 7), ...exhaustedAnthropic(nowMs, fault.retryAfterSeconds ?? 7) },
      };
    case 'quota':
      return {
        status: 429,
        type: 'rate_limit_error',
        message: 'Your organization has reached its monthly API usage limit.',
        details: { error_code: 'enforced_spend_limit_reached' },
      };
    case 'billing':
      return { status: 402, type: 'billing_error', message: 'Your credit balance is too low to access the API.' };
    case 'bad-key':
      return badKey('anthropic', '');
    case 'forbidden':
      return { status: 403, type: 'permission_error', message: 'Your API key does not have permission to use the specified resource.' };
    case 'not-found':
      return unknownModel('anthropic', model);
    case 'context-too-long':
      return contextTooLong('anthropic', 214_331, 200_000);
    default:
      return null;
  }
}

function openaiProblem(fault: Fault, { model }: ProblemFacts): WireProblem | null {
  switch (fault.mode) {
    case 'overloaded':
      return {
        status: fault.status ?? 503,
        type: 'service_unavailable_error',
        message: 'The server is overloaded',
        code: 'server_is_overloaded',
        headers: retryAfter(fault.retryAfterSeconds),
      };
    case 'server-error':
      return { status: fault.status ?? 500, type: 'server_error', message: 'Internal server error' };
    case 'rate-limited':
      return {
        status: 429,
        type: 'tokens',
        message: `Rate limit reached for ${model} on tokens per min (TPM)`,
        code: 'rate_limit_exceeded',
        headers: { ...retryAfter(fault.retryAfterSeconds ?? 7), ...exhaustedOpenai(fault.retryAfterSeconds ?? 7) },
      };
    case 'quota':
    case 'billing':
      return {
        status: 429,
        type: 'insufficient_quota',
        message: 'You exceeded your current quota, please check your plan and billing details.',
        code: 'credit_balance_exhausted',
      };
    case 'bad-key':
      return badKey('openai', 'sk-****');
    case 'forbidden':
      return {
        status: 403,
        type: 'request_forbidden',
        message: 'Country, region, or territory not supported',
        code: 'unsupported_country_region_territory',
      };
    case 'not-found':
      return unknownModel('openai', model);
    case 'context-too-long':
      return contextTooLong('openai', 140_112, 128_000);
    default:
      return null;
  }
}

export function badKey(family: WireFamily, maskedKey: string): WireProblem {
  if (family === 'anthropic') return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
  return { status: 401, type: 'invalid_request_error', message: `Incorrect API key provided: ${maskedKey}.`, code: 'invalid_api_key' };
}

export function unknownModel(family: WireFamily, model: string): WireProblem {
  if (family === 'anthropic') return { status: 404, type: 'not_found_error', message: `model: ${model}` };
  return {
    status: 404,
    type: 'invalid_request_error',
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    code: 'model_not_found',
  };
}

export function contextTooLong(family: WireFamily, tokens: number, limit: number): WireProblem {
  if (family === 'anthropic') return badRequest(`prompt is too long: ${tokens} tokens > ${limit} maximum`);
  return badRequest(`This model's maximum context length is ${limit} tokens. However, your messages resulted in ${tokens} tokens.`, {
    param: 'input',
    code: 'context_length_exceeded',
  });
}

function retryAfter(seconds: number | undefined): { readonly [name: string]: string } {
  return seconds === undefined || seconds === 0 ? {} : { 'retry-after': String(seconds) };
}

function exhaustedAnthropic(nowMs: number, seconds: number): { readonly [name: string]: string } {
  const reset = new Date(nowMs + seconds * 1000).toISOString();
  return {
    'anthropic-ratelimit-requests-remaining': '0',
    'anthropic-ratelimit-requests-reset': reset,
    'anthropic-ratelimit-input-tokens-remaining': '0',
    'anthropic-ratelimit-input-tokens-reset': reset,
  };
}

function exhaustedOpenai(seconds: number): { readonly [name: string]: string } {
  return { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': `${seconds}s`, 'x-ratelimit-remaining-tokens': '0' };
}
