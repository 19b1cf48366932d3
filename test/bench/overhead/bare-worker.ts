import Anthropic from '@anthropic-ai/sdk';
import { CLAUDE_MODEL, KEY, MAX_TOKENS } from '../failover/prompt.ts';
import type { BareReport, BareRequest } from './worker-protocol.ts';

/**
 * The bare SDK in a process of its own: reads streams and keeps their text, nothing else. Work comes as messages; the
 * answer says what it cost.
 */
process.on('message', (request: BareRequest) => {
  void work(request).then((report) => process.send?.(report));
});

async function work({ baseUrl, system, question, answers, atOnce }: BareRequest): Promise<BareReport> {
  const client = new Anthropic({ baseURL: baseUrl, apiKey: KEY, maxRetries: 0 });
  const before = process.cpuUsage();
  const firstTextMs: number[] = [];
  let tokens = 0;
  let left = answers;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      let text = '';
      const messages = [{ role: 'user' as const, content: question }];
      const stream = await client.messages.create({ model: CLAUDE_MODEL, max_tokens: MAX_TOKENS, system, messages, stream: true });
      for await (const event of stream) {
        if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
        if (text === '') firstTextMs.push(performance.now() - startedAt);
        text += event.delta.text;
        tokens += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const used = process.cpuUsage(before);
  return { tokens, cpuMs: (used.user + used.system) / 1_000, firstTextMs };
}
