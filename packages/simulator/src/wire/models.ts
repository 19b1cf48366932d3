import type { JsonObject } from '../json.ts';
import type { ProviderId } from '../providers.ts';

/** A model a simulated provider serves. Dates are ISO days. */
export interface SimulatedModel {
  readonly id: string;
  /** Takes an unfinished assistant message as the beginning of its answer. */
  readonly allowsPrefill: boolean;
  readonly deprecatedOn: string | null;
  readonly endsOn: string | null;
}

/** Claude models named in the types of @anthropic-ai/sdk 1.13.0. */
const CLAUDE = `claude-fable-5-2 claude-mythos-5-2 claude-haiku-5-5 claude-sonnet-5-5 claude-opus-5-5 claude-fable-5-1
  claude-mythos-5-1 claude-sonnet-5 claude-fable-5 claude-mythos-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7
  claude-opus-4-6 claude-sonnet-4-6`.split(/\s+/);
/** GPT models named in the types of openai 7.57.0. */
const GPT = `gpt-6-astra gpt-6.1-sol gpt-6.1-terra gpt-6-sol gpt-6-luna gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna gpt-5.5
  gpt-5.4 gpt-5.4-mini`.split(/\s+/);

const current = (id: string): SimulatedModel => ({ id, allowsPrefill: false, deprecatedOn: null, endsOn: null });
const ending = (id: string, endsOn: string, allowsPrefill = false): SimulatedModel => ({
  id,
  allowsPrefill,
  deprecatedOn: '2026-06-01',
  endsOn,
});

const CATALOGUE: { readonly [provider in ProviderId]: readonly SimulatedModel[] } = {
  claude: [
    ...CLAUDE.map(current),
    { ...current('claude-haiku-4-5'), allowsPrefill: true },
    ending('claude-sonnet-4-5', '2026-11-30', true),
    ending('claude-opus-4-5', '2027-01-22', true),
    ending('claude-mythos-preview', '2026-06-30'),
  ],
  gpt: [
    ...GPT.map(current),
    ...['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'o3'].map((id) => ending(id, '2026-12-11')),
    ...['gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4o-mini'].map((id) => ending(id, '2027-01-14')),
    ...['gpt-5.1', 'gpt-5.4-nano'].map((id) => ending(id, '2027-04-01')),
  ],
  'open-model': [],
};

/** The models one provider serves. */
export interface ModelShelf {
  list(): readonly SimulatedModel[];
  /** The model for a request; `undefined` when there is none of this name, or it has retired. */
  find(id: string): SimulatedModel | undefined;
  /** The model with its history, retired ones included. */
  look(id: string): SimulatedModel | undefined;
}

const DATED_SNAPSHOT = /-\d{4}-?\d{2}-?\d{2}$/;

/**
 * Known models plus `extraIds`. A server for open models serves every name, until `extraIds` says which.
 * `nowMs` decides what has retired.
 */
export function createModelShelf(provider: ProviderId, extraIds: readonly string[], nowMs: () => number): ModelShelf {
  const models = [...CATALOGUE[provider], ...extraIds.map((id) => ({ ...current(id), allowsPrefill: provider === 'open-model' }))];
  const servesAnyName = provider === 'open-model' && extraIds.length === 0;
  const look = (id: string) => {
    const found = models.find((model) => model.id === id || model.id === id.replace(DATED_SNAPSHOT, ''));
    return found ?? (servesAnyName ? { ...current(id), allowsPrefill: true } : undefined);
  };
  return {
    list: () => models,
    look,
    find: (id) => {
      const model = look(id);
      return model === undefined || hasEnded(model, nowMs()) ? undefined : model;
    },
  };
}

function hasEnded(model: SimulatedModel, nowMs: number): boolean {
  return model.endsOn !== null && Date.parse(model.endsOn) <= nowMs;
}

/** `GET /v1/models/:id` at Anthropic: the lifecycle is what tells an operator about a retirement. */
export function anthropicModel(model: SimulatedModel, id: string, nowMs: number): JsonObject {
  const lifecycle = hasEnded(model, nowMs) ? 'retired' : model.endsOn === null ? 'active' : 'deprecated';
  return {
    id,
    type: 'model',
    display_name: id,
    created_at: '2026-01-01T00:00:00Z',
    lifecycle,
    deprecated_at: model.deprecatedOn === null ? null : `${model.deprecatedOn}T00:00:00Z`,
    retires_at: model.endsOn === null ? null : `${model.endsOn}T00:00:00Z`,
    line: null,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    capabilities: null,
  };
}

/** `GET /v1/models/:id` at OpenAI. */
export function openaiModel(model: SimulatedModel, id: string, ownedBy: string): JsonObject {
  return { id, object: 'model', created: 1_767_225_600, owned_by: ownedBy, shutdown_date: model.endsOn };
}
