import type { AttemptOutcome, Clock, ModelTierId, TierFailure } from '@stepdown/kernel';
import { systemClock } from '@stepdown/kernel';
import type OpenAI from 'openai';
import { createClaudeClient } from '../claude/claude-client.ts';
import { outcomeOfClaudeException } from '../claude/claude-error.ts';
import { type ConnectionOptions, connectionOf, type SourceOptions } from '../connection.ts';
import { readText } from '../json.ts';
import { createOpenaiClient } from '../openai/openai-client.ts';
import { outcomeOfOpenaiException } from '../openai/openai-error.ts';
import { knownRetirement } from './known-retirements.ts';

/** What the provider's model list says. `unknown`: it could not be asked; that says nothing about the model. */
export type ModelCheck =
  | { readonly state: 'ok' }
  | { readonly state: 'retiring'; readonly retiresAt?: number; readonly deprecatedAt?: number }
  | { readonly state: 'missing'; readonly retiresAt?: number }
  | { readonly state: 'auth' | 'unknown'; readonly failure: TierFailure };

export type ModelCheckOptions = Omit<SourceOptions, 'maxOutputTokens' | 'apiKey'> & { readonly apiKey?: string };

/**
 * Asks for a model without spending a token: is the key accepted, does the model exist, when does it end?
 * Times are epoch ms. Never throws; `signal` and the timeouts of `options` bound it.
 */
export async function checkModel(
  tier: ModelTierId,
  options: ModelCheckOptions,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<ModelCheck> {
  const connection = connectionOf({ ...options, apiKey: options.apiKey ?? '' });
  const context = { now: clock.now(), secrets: [connection.apiKey] };
  try {
    return toCheck(options.model, await retrieve(tier, connection, { model: options.model, signal, clock }));
  } catch (cause) {
    const outcome =
      tier === 'claude' ? outcomeOfClaudeException(cause, 'opening', context) : outcomeOfOpenaiException(cause, 'opening', context);
    return failedCheck(options.model, outcome);
  }
}

interface Lookup {
  readonly model: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

async function retrieve(tier: ModelTierId, connection: ConnectionOptions, lookup: Lookup): Promise<unknown> {
  const { model, signal, clock } = lookup;
  if (tier === 'claude') {
    const client = createClaudeClient(connection, clock);
    return await client.sdk.models.retrieve(model, null, { signal }).finally(client.close);
  }
  const client = createOpenaiClient(connection, clock);
  const asked = tier === 'gpt' ? client.sdk.models.retrieve(model, { signal }) : listed(client.sdk, model, signal);
  return await asked.finally(client.close);
}

/**
 * Self-hosted servers all list their models, but not all can be asked for one. A server with a single model counts as
 * having it: llama.cpp answers to any name.
 */
async function listed(sdk: OpenAI, model: string, signal: AbortSignal): Promise<unknown> {
  const { data } = await sdk.models.list({ signal });
  const found = data.find((candidate) => candidate.id === model) ?? (data.length === 1 ? data[0] : undefined);
  return found ?? { id: model, lifecycle: 'retired' };
}

/** Anthropic names `lifecycle`, `deprecated_at` and `retires_at`, OpenAI `shutdown_date`; other servers name nothing. */
function toCheck(model: string, info: unknown): ModelCheck {
  if (readText(info, 'id') === undefined) return { state: 'unknown', failure: { reason: 'malformed', detail: 'the answer is no model' } };
  const retiresAt = timeOf(readText(info, 'retires_at') ?? readText(info, 'shutdown_date')) ?? knownRetirement(model);
  const deprecatedAt = timeOf(readText(info, 'deprecated_at'));
  const lifecycle = readText(info, 'lifecycle');
  const ends = retiresAt === undefined ? {} : { retiresAt };
  if (lifecycle === 'retired') return { state: 'missing', ...ends };
  if (lifecycle !== 'deprecated' && retiresAt === undefined && deprecatedAt === undefined) return { state: 'ok' };
  return { state: 'retiring', ...ends, ...(deprecatedAt === undefined ? {} : { deprecatedAt }) };
}

function failedCheck(model: string, outcome: AttemptOutcome): ModelCheck {
  const failure: TierFailure = outcome.kind === 'failed' ? outcome.failure : { reason: 'rejected', detail: 'model lookup was declined' };
  if (failure.reason === 'auth' || failure.reason === 'quota') return { state: 'auth', failure };
  if (failure.reason !== 'model-missing') return { state: 'unknown', failure };
  const retiresAt = knownRetirement(model);
  return { state: 'missing', ...(retiresAt === undefined ? {} : { retiresAt }) };
}

function timeOf(text: string | undefined): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
