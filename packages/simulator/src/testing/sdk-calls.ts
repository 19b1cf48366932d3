import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Simulator } from '../simulator.ts';

/** What a caller heard, in terms shared by the three wire formats. */
interface Heard {
  text: string;
  /** Stop reason, terminal event or finish reason; `null` when the stream ended without one. */
  terminal: string | null;
  model: string | null;
  /** Event types in order; chunks of Chat Completions have none. */
  readonly events: string[];
  error: unknown;
}

export interface AskOptions {
  readonly apiKey?: string;
  readonly model?: string;
  readonly maxTokens?: number;
  readonly instructions?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onText?: (text: string) => void;
}

/** One streamed question over the real SDK. Errors are heard, not thrown. */
export type Ask = (baseURL: string, question: string, options?: AskOptions) => Promise<Heard>;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function clientOptions(baseURL: string, { apiKey = 'sim-test', timeoutMs = 2_000 }: AskOptions) {
  return { baseURL, apiKey, timeout: timeoutMs, maxRetries: 0, logger: SILENT };
}

async function hear(options: AskOptions, play: (heard: Heard, add: (text: string) => void) => Promise<void>): Promise<Heard> {
  const heard: Heard = { text: '', terminal: null, model: null, events: [], error: null };
  try {
    await play(heard, (text) => {
      heard.text += text;
      options.onText?.(text);
    });
  } catch (cause) {
    heard.error = cause;
  }
  return heard;
}

export const askClaude: Ask = (baseURL, question, options = {}) =>
  hear(options, async (heard, add) => {
    const stream = await new Anthropic(clientOptions(baseURL, options)).messages.create(
      {
        model: options.model ?? 'claude-haiku-5-5',
        max_tokens: options.maxTokens ?? 500,
        system: options.instructions ?? 'You answer.',
        messages: [{ role: 'user', content: question }],
        stream: true,
      },
      { signal: options.signal ?? null },
    );
    for await (const event of stream) {
      heard.events.push(event.type);
      if (event.type === 'message_start') heard.model = event.message.model;
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') add(event.delta.text);
      if (event.type === 'message_delta') heard.terminal = event.delta.stop_reason;
    }
  });

export const askResponses: Ask = (baseURL, question, options = {}) =>
  hear(options, async (heard, add) => {
    const stream = await new OpenAI(clientOptions(baseURL, options)).responses.create(
      {
        model: options.model ?? 'gpt-6-luna',
        max_output_tokens: options.maxTokens ?? 500,
        instructions: options.instructions ?? 'You answer.',
        input: [{ role: 'user', content: question }],
        store: false,
        stream: true,
      },
      { signal: options.signal ?? null },
    );
    for await (const event of stream) {
      heard.events.push(event.type);
      if (event.type === 'response.created') heard.model = event.response.model;
      if (event.type === 'response.output_text.delta' || event.type === 'response.refusal.delta') add(event.delta);
      if (event.type === 'response.completed' || event.type === 'response.incomplete') heard.terminal = event.type;
    }
  });

export const askChat: Ask = (baseURL, question, options = {}) =>
  hear(options, async (heard, add) => {
    const stream = await new OpenAI(clientOptions(baseURL, options)).chat.completions.create(
      {
        model: options.model ?? 'gpt-6-luna',
        max_completion_tokens: options.maxTokens ?? 500,
        messages: [
          { role: 'system', content: options.instructions ?? 'You answer.' },
          { role: 'user', content: question },
        ],
        stream: true,
      },
      { signal: options.signal ?? null },
    );
    for await (const chunk of stream) {
      heard.model = chunk.model;
      const choice = chunk.choices[0];
      add(choice?.delta.content ?? choice?.delta.refusal ?? '');
      heard.terminal = choice?.finish_reason ?? heard.terminal;
    }
  });

/** The three wire formats as a test table: who is asked, where, and the word for a healthy end. */
export const DIALECTS = [
  { dialect: 'anthropic', provider: 'claude', ask: askClaude, urlOf: (simulator: Simulator) => simulator.urls.claude, done: 'end_turn' },
  {
    dialect: 'openai-responses',
    provider: 'gpt',
    ask: askResponses,
    urlOf: (simulator: Simulator) => simulator.urls.gpt,
    done: 'response.completed',
  },
  { dialect: 'openai-chat', provider: 'open-model', ask: askChat, urlOf: (simulator: Simulator) => simulator.urls.openModel, done: 'stop' },
] as const;

/** Instructions as the product writes them. */
export const INSTRUCTIONS = `You are the assistant of a shop. Answer from the articles only.
<locale>en</locale>
<faq_entry id="returns-window" question="How long do I have to return an item?">
You have **30 days** from the day of delivery. The item must be unused, e.g. with its tags on. Sale items can be returned for 14 days. Gift cards can't be returned.
</faq_entry>
<faq_entry id="delivery-time" question="How long does delivery take?">
Standard delivery takes 2–4 working days.

1. Order before 2 pm.
2. We pack it the same day.
3. You get a tracking link.
</faq_entry>`;

export const QUESTION = 'How long can I return an item?';
