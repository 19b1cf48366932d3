import { isJsonObject, isOneOf, type JsonObject } from '../json.ts';
import type { ReadingRules } from './dialect.ts';
import type { ModelRequest, ModelTurn } from './model-request.ts';
import { badRequest, isProblem, PREFILL_REFUSED, type WireProblem } from './problem.ts';
import { missing, unsupported } from './responses-request.ts';

/** Fields of Chat Completions as typed in openai 7.57.0. */
const KNOWN_FIELDS = new Set(
  `messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
  metadata modalities moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options
  prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream
  stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options`.split(/\s+/),
);
const ROLES = ['user', 'assistant', 'system', 'developer', 'tool', 'function'] as const;

interface Message {
  readonly role: (typeof ROLES)[number];
  readonly text: string;
}

export function readChatRequest(body: JsonObject, rules: ReadingRules): ModelRequest | WireProblem {
  const { model, messages, stream_options: streamOptions } = body;
  const unknown = Object.keys(body).find((field) => !KNOWN_FIELDS.has(field));
  if (rules.isStrict && unknown !== undefined) {
    return badRequest(`Unrecognized request argument supplied: ${unknown}`);
  }
  if (rules.isStrict && body.max_tokens !== undefined) return unsupported('max_tokens', 'max_completion_tokens');
  if (typeof model !== 'string' || model === '') return badRequest('you must provide a model parameter');
  if (!Array.isArray(messages)) return missing('messages');
  const read = readMessages(messages);
  if (!Array.isArray(read)) return read;
  const turns = read.flatMap(({ role, text }): ModelTurn[] => (role === 'user' || role === 'assistant' ? [{ role, text }] : []));
  if (turns.at(-1)?.role === 'assistant' && !rules.allowsPrefill(model)) return PREFILL_REFUSED;
  const told = read.filter(({ role }) => role === 'system' || role === 'developer').map(({ text }) => text);
  const limit = body.max_completion_tokens ?? body.max_tokens;
  return {
    model,
    instructions: told.join('\n\n'),
    turns,
    isStream: body.stream === true,
    maxTokens: typeof limit === 'number' ? limit : null,
    includesUsage: isJsonObject(streamOptions) && streamOptions.include_usage === true,
  };
}

function readMessages(messages: readonly unknown[]): Message[] | WireProblem {
  if (messages.length === 0) {
    return badRequest("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", {
      param: 'messages',
      code: 'empty_array',
    });
  }
  const read: Message[] = [];
  for (const [index, message] of messages.entries()) {
    const one = readMessage(message, `messages[${index}]`);
    if (isProblem(one)) return one;
    read.push(one);
  }
  return read;
}

function readMessage(message: unknown, place: string): Message | WireProblem {
  if (!isJsonObject(message)) return badRequest(`Invalid type for '${place}'.`, { param: place, code: 'invalid_type' });
  const { role, content } = message;
  if (!isOneOf(ROLES, role)) {
    const list = ROLES.map((name) => `'${name}'`).join(', ');
    return badRequest(`Invalid value: '${String(role)}'. Supported values are: ${list}.`, {
      param: `${place}.role`,
      code: 'invalid_value',
    });
  }
  if (typeof content === 'string') return { role, text: content };
  if (!Array.isArray(content)) return { role, text: '' };
  const texts = content.map((part) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ''));
  return { role, text: texts.join('\n') };
}
