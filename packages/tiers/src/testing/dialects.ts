import type { AnswerSource } from '@stepdown/kernel';
import { createClaudeSource } from '../claude/claude-source.ts';
import { createGptSource } from '../gpt/gpt-source.ts';
import { createOpenModelSource } from '../open-model/open-model-source.ts';

/** Wire formats, as the fault catalogue names them. */
export const DIALECTS = ['anthropic', 'openai-responses', 'openai-chat'] as const;
export type Dialect = (typeof DIALECTS)[number];

export const MODELS: Readonly<Record<Dialect, string>> = {
  anthropic: 'claude-haiku-5-5',
  'openai-responses': 'gpt-6-luna',
  'openai-chat': 'qwen3-8b',
};

export interface SourceSettings {
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly connectMs?: number;
  readonly headersMs?: number;
}

/** A source of the product, with settings fit for loopback. */
export function sourceFor(dialect: Dialect, settings: SourceSettings): AnswerSource {
  const options = { apiKey: 'sim-key', connectMs: 1_000, headersMs: 2_000, model: MODELS[dialect], maxOutputTokens: 500, ...settings };
  if (dialect === 'anthropic') return createClaudeSource(options);
  return dialect === 'openai-responses' ? createGptSource(options) : createOpenModelSource(options);
}
