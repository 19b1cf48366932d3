import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { streamText } from 'ai';
import { createFallback } from 'ai-fallback';

/**
 * One fallback model for all requests, so that it remembers which provider broke. Every error switches, also before
 * the deadline of headers, which the AI SDK has no option for and a `fetch` of ours adds. `chunkMs` watches the gap.
 */
export async function start({ claudeUrl, gptUrl, apiKey, claudeModel, gptModel, thresholdMs, system, messages, maxTokens }) {
  const fetch = withHeadersDeadline(thresholdMs);
  const model = createFallback({
    models: [
      createAnthropic({ baseURL: `${claudeUrl}/v1`, apiKey, fetch })(claudeModel),
      createOpenAI({ baseURL: gptUrl, apiKey, fetch })(gptModel),
    ],
    shouldRetryThisError: () => true,
  });
  return {
    async answer(screen, signal) {
      let failure;
      const { textStream } = streamText({
        model,
        system,
        messages,
        maxOutputTokens: maxTokens,
        maxRetries: 0,
        abortSignal: signal,
        timeout: { chunkMs: thresholdMs },
        onError: ({ error }) => {
          failure = error;
        },
      });
      for await (const text of textStream) screen.append(text);
      if (failure !== undefined) throw failure;
    },
    stop: async () => undefined,
  };
}

function withHeadersDeadline(thresholdMs) {
  return async (input, init) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('timeout: no headers')), thresholdMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, controller.signal]) : controller.signal;
    try {
      return await fetch(input, { ...init, signal });
    } finally {
      clearTimeout(timer);
    }
  };
}
