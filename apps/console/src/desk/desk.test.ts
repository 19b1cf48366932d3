import { createMemoryStorage } from '@stepdown/client/agent';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REPLIES, fillReply, findReplies, keepReplies, readReplies } from './canned-replies.ts';
import { createPreferences } from './preferences.tsx';
import { clockWords, dayWords, durationWords, latencyWords } from './times.ts';

describe('times in words', () => {
  it.each([
    [-5, '0 s', '0:00'],
    [59_999, '59 s', '0:59'],
    [60_000, '1 min', '1:00'],
    [3_599_000, '59 min', '59:59'],
    [3_600_000, '1 h', '1:00:00'],
    [7_500_000, '2 h 5 min', '2:05:00'],
    [200_000_000, '2 d', '55:33:20'],
  ])('%d ms', (milliseconds, duration, clock) => {
    expect(durationWords(milliseconds)).toBe(duration);
    expect(clockWords(milliseconds)).toBe(clock);
  });

  it('says how fast in the unit that fits', () => {
    expect([latencyWords(999.4), latencyWords(1_000), latencyWords(1_949)]).toEqual(['999 ms', '1.0 s', '1.9 s']);
  });

  it('names today and yesterday', () => {
    const now = new Date(2026, 2, 1, 9).getTime();
    expect(dayWords(now, now)).toBe('Today');
    expect(dayWords(now - 86_400_000, now)).toBe('Yesterday');
    expect(dayWords(now - 3 * 86_400_000, now)).not.toMatch(/day, 1/);
  });
});

describe('saved replies', () => {
  it('start with everybody’s, keep what was edited, and survive a broken store', () => {
    const storage = createMemoryStorage();
    expect(readReplies(storage)).toBe(DEFAULT_REPLIES);
    keepReplies(storage, [{ shortcut: 'x', text: 'y' }]);
    expect(readReplies(storage)).toEqual([{ shortcut: 'x', text: 'y' }]);
    storage.set('console:canned', '[{"shortcut":1}, {"shortcut":"a","text":"b"}]');
    expect(readReplies(storage)).toEqual([{ shortcut: 'a', text: 'b' }]);
    storage.set('console:canned', '{broken');
    expect(readReplies(storage)).toBe(DEFAULT_REPLIES);
  });

  it('come with the ones that begin with the word first', () => {
    const replies = [
      { shortcut: 'thanks', text: 'order well' },
      { shortcut: 'order', text: 'x' },
    ];
    expect(findReplies(replies, 'OR').map(({ shortcut }) => shortcut)).toEqual(['order', 'thanks']);
    expect(findReplies(replies, 'none')).toEqual([]);
  });

  it('greet without a name when there is none', () => {
    const agent = 'Mara';
    expect(fillReply('Hi {name}, this is {agent}.', { name: 'Lena', agent })).toBe('Hi Lena, this is Mara.');
    expect(fillReply('Hi {name}, this is {agent}.', { name: null, agent })).toBe('Hi, this is Mara.');
    expect(fillReply('Thanks, {name}. Bye', { name: null, agent })).toBe('Thanks. Bye');
  });
});

describe('preferences', () => {
  it('are kept, and take only what they know from the store', () => {
    const storage = createMemoryStorage();
    storage.set('console:preferences', '{"theme":"dark","hasSound":"yes","other":1}');
    const preferences = createPreferences(storage);
    expect(preferences.getSnapshot()).toMatchObject({ theme: 'dark', hasSound: false });
    expect(preferences.getSnapshot()).not.toHaveProperty('other');
    preferences.change({ hasSound: true });
    expect(createPreferences(storage).getSnapshot()).toMatchObject({ theme: 'dark', hasSound: true });
  });
});
