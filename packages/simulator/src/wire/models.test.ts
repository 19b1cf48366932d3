import { expect, it } from 'vitest';
import { anthropicModel, createModelShelf } from './models.ts';

const claudeAt = (day: string) => createModelShelf('claude', [], () => Date.parse(day));

it('[S7] serves a model until the day it retires, and remembers it after', () => {
  expect(claudeAt('2026-11-29T23:59:59Z').find('claude-sonnet-4-5')).toBeDefined();
  const after = claudeAt('2026-11-30T00:00:00Z');
  expect(after.find('claude-sonnet-4-5')).toBeUndefined();
  expect(after.look('claude-sonnet-4-5')).toMatchObject({ endsOn: '2026-11-30' });
});

it('[S7] tells the lifecycle by the clock', () => {
  const model = claudeAt('2026-11-01').look('claude-sonnet-4-5');
  if (model === undefined) throw new Error('claude-sonnet-4-5 is in the catalogue');
  expect(anthropicModel(model, model.id, Date.parse('2026-11-29')).lifecycle).toBe('deprecated');
  expect(anthropicModel(model, model.id, Date.parse('2026-12-01')).lifecycle).toBe('retired');
});

it('[S7] takes a dated name for the model itself', () => {
  expect(claudeAt('2026-11-01').find('claude-sonnet-4-5-20250929')?.id).toBe('claude-sonnet-4-5');
  expect(createModelShelf('gpt', [], () => 0).find('gpt-5.5-2026-04-23')?.id).toBe('gpt-5.5');
  expect(createModelShelf('gpt', [], () => 0).find('gpt-5.5-huge')).toBeUndefined();
});

it('[S7] serves any open model until some are named', () => {
  expect(createModelShelf('open-model', [], () => 0).find('whatever:7b')).toBeDefined();
  const named = createModelShelf('open-model', ['one'], () => 0);
  expect([named.find('one')?.id, named.find('whatever:7b')]).toEqual(['one', undefined]);
});
