import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';

/** `withFallbacks` over both models, no retries of its own, the SDKs' timeout at the threshold. */
export async function start({ claudeUrl, gptUrl, apiKey, claudeModel, gptModel, thresholdMs, system, messages, maxTokens }) {
  const claude = new ChatAnthropic({
    model: claudeModel,
    apiKey,
    maxTokens,
    maxRetries: 0,
    streaming: true,
    clientOptions: { baseURL: claudeUrl, timeout: thresholdMs, maxRetries: 0 },
  });
  const gpt = new ChatOpenAI({
    model: gptModel,
    apiKey,
    maxRetries: 0,
    timeout: thresholdMs,
    streaming: true,
    configuration: { baseURL: gptUrl, maxRetries: 0 },
  });
  const chain = claude.withFallbacks({ fallbacks: [gpt] });
  const prompt = [new SystemMessage(system), ...messages.map(({ content }) => new HumanMessage(content))];
  return {
    async answer(screen, signal) {
      for await (const chunk of await chain.stream(prompt, { signal })) screen.append(chunk.text ?? '');
    },
    stop: async () => undefined,
  };
}
