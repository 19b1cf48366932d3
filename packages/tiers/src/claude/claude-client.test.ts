import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { ANTHROPIC_VERSION } from './claude-client.ts';
import { defaultClaudeEffort } from './claude-effort.ts';

describe('claude client', () => {
  it('[T19] sends the API version that the SDK is made for', async () => {
    let sent: string | null = null;
    const bare = new Anthropic({
      apiKey: 'k',
      baseURL: 'http://127.0.0.1',
      maxRetries: 0,
      fetch: async (_url, init) => {
        sent = new Headers(init?.headers).get('anthropic-version');
        return new Response('{}', { headers: { 'content-type': 'application/json' } });
      },
    });
    await bare.models.retrieve('m');
    expect(sent).toBe(ANTHROPIC_VERSION);
  });

  it.each([
    ['claude-opus-5-5', 'low'],
    ['claude-haiku-5-5', 'low'],
    ['claude-sonnet-5', 'low'],
    ['claude-opus-4-6', 'low'],
    ['claude-haiku-4-5', null],
    ['claude-sonnet-4-5-20250929', null],
    ['claude-3-5-sonnet-20241022', null],
    ['my-gateway-model', null],
  ])('[T27] %s gets effort %s', (model, effort) => {
    expect(defaultClaudeEffort(model)).toBe(effort);
  });
});
