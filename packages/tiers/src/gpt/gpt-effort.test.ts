import { describe, expect, it } from 'vitest';
import { defaultGptEffort } from './gpt-effort.ts';

describe('gpt effort', () => {
  it.each([
    ['gpt-6-luna', 'low'],
    ['gpt-6.1-sol', 'low'],
    ['gpt-5', 'low'],
    ['gpt-5-mini', 'low'],
    ['gpt-5.5', 'low'],
    ['gpt-5.5-pro', null],
    ['gpt-5-chat-latest', null],
    ['gpt-4o', null],
    ['gpt-4.1-mini', null],
    ['my-gateway-model', null],
  ])('[T27] %s gets effort %s', (model, effort) => {
    expect(defaultGptEffort(model)).toBe(effort);
  });
});
