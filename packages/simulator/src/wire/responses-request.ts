import { isJsonObject, isOneOf, type JsonObject } from '../json.ts';
import type { ReadingRules } from './dialect.ts';
import type { ModelRequest, ModelTurn } from './model-request.ts';
import { badRequest, isProblem, PREFILL_REFUSED, type WireProblem } from './problem.ts';

/** Fields of the Responses API as typed in openai 7.57.0. */
const KNOWN_FIELDS = new Set(
  `access_programs background context_management conversation image include input instructions max_output_tokens
  max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key
  prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options
  temperature text tool_choice tools top_logprobs top_p truncation user`.split(/\s+/),
);
/** The Responses API refuses a smaller limit; a probe that asks for one token learns it here. */
const LOWEST_OUTPUT_LIMIT = 16;
const ROLES = ['user', 'assistant', 'system', 'developer'] as const;
type Role = (typeof ROLES)[number];

interface Item {
  readonly role: Role;
  readonly text: string;
}

export function readResponsesRequest(body: JsonObject, rules: ReadingRules): ModelRequest | WireProblem {
  const problem = checkFields(body, rules);
  if (problem !== null) return problem;
  const { model, input, instructions, max_output_tokens: maxTokens } = body;
  if (typeof model !== 'string' || model === '') return missing('model');
  const items = typeof input === 'string' ? [{ role: 'user', text: input } as const] : readItems(input);
  if (!Array.isArray(items)) return items;
  const turns = items.flatMap(({ role, text }): ModelTurn[] => (role === 'user' || role === 'assistant' ? [{ role, text }] : []));
  if (turns.at(-1)?.role === 'assistant' && !rules.allowsPrefill(model)) return PREFILL_REFUSED;
  const told = items.filter(({ role }) => role === 'system' || role === 'developer').map(({ text }) => text);
  return {
    model,
    instructions: [typeof instructions === 'string' ? instructions : '', ...told].filter((text) => text !== '').join('\n\n'),
    turns,
    isStream: body.stream === true,
    maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    includesUsage: true,
  };
}

function checkFields(body: JsonObject, rules: ReadingRules): WireProblem | null {
  const limit = body.max_output_tokens;
  const unknown = Object.keys(body).find((field) => !KNOWN_FIELDS.has(field));
  if (unknown === 'max_tokens' || unknown === 'max_completion_tokens') return unsupported(unknown, 'max_output_tokens');
  if (rules.isStrict && unknown !== undefined) {
    return badRequest(`Unknown parameter: '${unknown}'.`, { param: unknown, code: 'unknown_parameter' });
  }
  if (typeof limit === 'number' && limit < LOWEST_OUTPUT_LIMIT) {
    return badRequest(
      `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${LOWEST_OUTPUT_LIMIT}, but got ${limit} instead.`,
      { param: 'max_output_tokens', code: 'integer_below_min_value' },
    );
  }
  return null;
}

/** The wording for a field that another API or an older model takes. */
export function unsupported(field: string, instead: string): WireProblem {
  return badRequest(`Unsupported parameter: '${field}' is not supported with this model. Use '${instead}' instead.`, {
    param: field,
    code: 'unsupported_parameter',
  });
}

export function missing(field: string): WireProblem {
  return badRequest(`Missing required parameter: '${field}'.`, { param: field, code: 'missing_required_parameter' });
}

function readItems(input: unknown): Item[] | WireProblem {
  if (!Array.isArray(input) || input.length === 0) return missing('input');
  const items: Item[] = [];
  for (const [index, entry] of input.entries()) {
    if (!isJsonObject(entry)) return badRequest(`Invalid type for 'input[${index}]'.`, { param: `input[${index}]`, code: 'invalid_type' });
    if (entry.role === undefined && entry.type !== 'message') continue;
    const item = readItem(entry, `input[${index}]`);
    if (isProblem(item)) return item;
    items.push(item);
  }
  return items;
}

function readItem(entry: JsonObject, place: string): Item | WireProblem {
  const { role, content } = entry;
  if (!isOneOf(ROLES, role)) return invalidValue(`${place}.role`, String(role), ROLES);
  if (typeof content === 'string') return { role, text: content };
  if (!Array.isArray(content)) return missing(`${place}.content`);
  const allowed = role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image', 'input_file'];
  const texts: string[] = [];
  for (const [index, part] of content.entries()) {
    const type = isJsonObject(part) ? part.type : undefined;
    if (!isJsonObject(part) || !isOneOf(allowed, type)) return invalidValue(`${place}.content[${index}]`, String(type), allowed);
    if (typeof part.text === 'string') texts.push(part.text);
  }
  return { role, text: texts.join('\n') };
}

function invalidValue(param: string, value: string, allowed: readonly string[]): WireProblem {
  const list = allowed.map((name) => `'${name}'`).join(', ');
  return badRequest(`Invalid value: '${value}'. Supported values are: ${list}.`, { param, code: 'invalid_value' });
}
