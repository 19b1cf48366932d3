import type { AnswerSource } from '@stepdown/kernel';
import type { RouteDescriptor } from '@stepdown/ladder';
import { createClaudeSource, createGptSource, createOpenModelSource, type Persona, type SourceOptions } from '@stepdown/tiers';
import type { ProviderConfig, ServerConfig } from './config.ts';

/** Output of one answer, tokens: a support answer is short; thinking counts too. */
const MAX_OUTPUT_TOKENS = 2_048;

export interface ModelRoute {
  readonly descriptor: RouteDescriptor;
  readonly source: AnswerSource;
}

/** What the models are told about the house. */
export function personaOf({ siteName, instructions }: ServerConfig): Persona {
  return { shopName: siteName, ...(instructions === undefined ? {} : { instructions }) };
}

/** One route for each configured model, in ladder order. A tier without a key (or, for open models, a server) has none. */
export function modelRoutes(config: ServerConfig): readonly ModelRoute[] {
  const persona = personaOf(config);
  const options = (provider: ProviderConfig, model: string, baseUrl: string): SourceOptions => ({
    apiKey: provider.apiKey ?? '',
    baseUrl,
    model,
    connectMs: config.policy.connectMs,
    headersMs: config.policy.headersMs,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  });
  return [
    ...routesOf('claude', config.claude, config.claude.apiKey !== undefined, (model, url) =>
      createClaudeSource({ ...options(config.claude, model, url), persona }),
    ),
    ...routesOf('gpt', config.gpt, config.gpt.apiKey !== undefined, (model, url) =>
      createGptSource({ ...options(config.gpt, model, url), persona }),
    ),
    ...routesOf('open-model', config.openModel, true, (model, url) =>
      createOpenModelSource({ ...options(config.openModel, model, url), persona }),
    ),
  ];
}

function routesOf(
  tier: RouteDescriptor['tier'],
  provider: ProviderConfig,
  isConfigured: boolean,
  createSource: (model: string, baseUrl: string) => AnswerSource,
): ModelRoute[] {
  const { baseUrl } = provider;
  if (!isConfigured || baseUrl === undefined) return [];
  return provider.models.map((model) => {
    const source = createSource(model, baseUrl);
    return { source, descriptor: { id: source.routeId, tier, model, credentialId: tier } };
  });
}
