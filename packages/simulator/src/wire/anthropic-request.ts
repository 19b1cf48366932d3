import { isJsonObject, type JsonObject } from '../json.ts';
import type { ReadingRules } from './dialect.ts';
import type { ModelRequest, ModelTurn } from './model-request.ts';
import { badRequest, isProblem, PREFILL_REFUSED, type WireProblem } from './problem.ts';

/** Fields of the Messages API as typed in @anthropic-ai/sdk 1.13.0; `temperature`, `top_p` and `top_k` are gone from it. */
const KNOWN_FIELDS = new Set(
  `max_tokens messages model cache_control container diagnostics inference_geo metadata output_config service_tier speed
  stop_sequences stream system thinking tool_choice tools user_profile_id workspace_id`.split(/\s+/),
);

export function readAnthropicRequest(body: JsonObject, rules: ReadingRules): ModelRequest | WireProblem {
  const unknown = Object.keys(body).find((field) => !KNOWN_FIELDS.has(field));
  if (rules.isStrict && unknown !== undefined) return badRequest(`${unknown}: Extra inputs are not permitted`);
  const { model, max_tokens: maxTokens, messages, system } = body;
  if (typeof model !== 'string' || model === '') return badRequest('model: Field required');
  if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens)) return badRequest('max_tokens: Field required');
  if (maxTokens < 0) return badRequest('max_tokens: Input should be greater than or equal to 0');
  if (!Array.isArray(messages)) return badRequest('messages: Field required');
  if (messages.length === 0) return badRequest('messages: at least one message is required');
  const instructions = readText(system ?? '', 'system');
  if (typeof instructions !== 'string') return instructions;
  const turns = readTurns(messages);
  if (!Array.isArray(turns)) return turns;
  if (turns.at(-1)?.role === 'assistant' && !rules.allowsPrefill(model)) return PREFILL_REFUSED;
  return { model, instructions, turns, isStream: body.stream === true, maxTokens, includesUsage: true };
}

function readTurns(messages: readonly unknown[]): ModelTurn[] | WireProblem {
  const turns: ModelTurn[] = [];
  for (const [index, message] of messages.entries()) {
    const turn = readTurn(message, `messages.${index}`);
    if (isProblem(turn)) return turn;
    turns.push(turn);
  }
  return turns;
}

function readTurn(message: unknown, place: string): ModelTurn | WireProblem {
  if (!isJsonObject(message)) return badRequest(`${place}: Input should be an object`);
  const { role } = message;
  if (role !== 'user' && role !== 'assistant') return badRequest(`${place}.role: Input should be 'user' or 'assistant'`);
  const text = readText(message.content, `${place}.content`);
  if (typeof text !== 'string') return text;
  if (text === '' && message.content === '') return badRequest(`${place}: user messages must have non-empty content`);
  return { role, text };
}

/** Text of a string or of a list of blocks; blocks of other kinds than text say nothing here. */
function readText(content: unknown, place: string): string | WireProblem {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return badRequest(`${place}: Input should be a valid string or list`);
  const texts: string[] = [];
  for (const [index, block] of content.entries()) {
    if (!isJsonObject(block) || typeof block.type !== 'string') return badRequest(`${place}.${index}.type: Field required`);
    if (block.type !== 'text') continue;
    if (typeof block.text !== 'string') return badRequest(`${place}.${index}.text.text: Field required`);
    if (block.text === '') return badRequest(`${place}.${index}: text content blocks must be non-empty`);
    texts.push(block.text);
  }
  return texts.join('\n');
}
