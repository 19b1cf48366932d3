import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { CLAUDE_MODEL, GPT_MODEL, KEY, MAX_TOKENS, PROMPT } from './prompt.ts';
import { type Screen, type Subject, type SubjectKind, type SubjectOptions, watch } from './subject.ts';

/**
 * What a careful developer writes in an afternoon: both SDKs without retries, a timeout each, the helper that notices
 * a missing end, and a fresh start on GPT after any error. The SDKs' timeout ends with the headers; nothing watches the text.
 */
export const PLAIN_LOOP: SubjectKind = {
  name: 'plain SDK loop',
  start: (options) => Promise.resolve(start(options)),
};

function start({ urls, thresholdMs, capMs }: SubjectOptions): Subject {
  const claude = new Anthropic({ baseURL: urls.claude, apiKey: KEY, maxRetries: 0, timeout: thresholdMs });
  const gpt = new OpenAI({ baseURL: urls.gpt, apiKey: KEY, maxRetries: 0, timeout: thresholdMs });
  return {
    ask: () =>
      watch(capMs, async (screen, signal) => {
        try {
          await askClaude(claude, screen, signal);
        } catch {
          screen.clear();
          await askGpt(gpt, screen, signal);
        }
      }),
    stop: () => Promise.resolve(),
  };
}

async function askClaude(client: Anthropic, screen: Screen, signal: AbortSignal): Promise<void> {
  const stream = client.messages.stream(
    { model: CLAUDE_MODEL, max_tokens: MAX_TOKENS, system: PROMPT.system, messages: [...PROMPT.messages] },
    { signal },
  );
  stream.on('text', (text) => screen.append(text));
  await stream.finalMessage();
}

async function askGpt(client: OpenAI, screen: Screen, signal: AbortSignal): Promise<void> {
  const stream = await client.responses.create(
    { model: GPT_MODEL, instructions: PROMPT.system, input: [...PROMPT.messages], store: false, stream: true },
    { signal },
  );
  for await (const event of stream) if (event.type === 'response.output_text.delta') screen.append(event.delta);
}
