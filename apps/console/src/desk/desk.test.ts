import { createMemoryStorage } from '@stepdown/client/agent';
import { describe, expect, it } from 'vitest';
import { fillReply, findReplies, repliesFor, starterReplies } from './canned-replies.ts';
import { createPreferences } from './preferences.tsx';
import { snoozeTimes } from './snooze-times.ts';
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
  const reply = (shortcut: string, text = 'x', locale: string | null = null) => ({
    id: shortcut,
    shortcut,
    locale,
    text,
    updatedBy: 'Mara',
    updatedAt: 1,
  });
  const nobody = { name: null, email: null, agent: 'Mara', site: null };

  it('begin with what this device has kept, and survive a broken store', () => {
    const storage = createMemoryStorage();
    expect(starterReplies(storage)).toHaveLength(6);
    storage.set('console:canned', '[{"shortcut":1}, {"shortcut":"a","text":"b"}]');
    expect(starterReplies(storage)).toEqual([{ shortcut: 'a', text: 'b' }]);
    storage.set('console:canned', '{broken');
    expect(starterReplies(storage)).toHaveLength(6);
  });

  it('come in the customer’s language where there is one', () => {
    const replies = [reply('bye', 'every'), reply('bye', 'german', 'de'), reply('bye', 'austrian', 'de-AT'), reply('hm', 'french', 'fr')];
    const textIn = (locale: string | null) => repliesFor(replies, locale).map(({ text }) => text);
    expect(textIn('de-AT')).toEqual(['austrian']);
    expect(textIn('de-CH')).toEqual(['german']);
    expect(textIn('fr')).toEqual(['every', 'french']);
    expect(textIn(null)).toEqual(['every']);
  });

  it('come with the ones that begin with the word first', () => {
    const replies = [reply('thanks', 'order well'), reply('order')];
    expect(findReplies(replies, 'OR').map(({ shortcut }) => shortcut)).toEqual(['order', 'thanks']);
    expect(findReplies(replies, 'none')).toEqual([]);
  });

  it.each([
    ['Hi {name}, this is {agent}.', { ...nobody, name: 'Lena' }, 'Hi Lena, this is Mara.'],
    ['Hi {name}, this is {agent}.', nobody, 'Hi, this is Mara.'],
    ['Thanks, {name}. Bye', nobody, 'Thanks. Bye'],
    ['Hi {name|there}! We write to {email|you}.', nobody, 'Hi there! We write to you.'],
    ['{site} writes to {email}.', { ...nobody, site: 'Birchkettle', email: 'a@b.example' }, 'Birchkettle writes to a@b.example.'],
    ['Keep {braces} and {name', nobody, 'Keep {braces} and {name'],
    ['{name} said $1', { ...nobody, name: '$& {agent}' }, '$& {agent} said $1'],
  ])('%s', (text, names, expected) => {
    expect(fillReply(text, names)).toBe(expected);
  });
});

describe('times to put aside until', () => {
  it('are hours from now and mornings, each once', () => {
    const friday = new Date(2026, 2, 6, 15, 30).getTime();
    expect(snoozeTimes(friday).map(({ label, until }) => [label, new Date(until).toString().slice(0, 21)])).toEqual([
      ['In 1 hour', 'Fri Mar 06 2026 16:30'],
      ['In 3 hours', 'Fri Mar 06 2026 18:30'],
      ['Tomorrow morning', 'Sat Mar 07 2026 09:00'],
      ['Monday morning', 'Mon Mar 09 2026 09:00'],
      ['In a week', 'Fri Mar 13 2026 09:00'],
    ]);
    const sunday = new Date(2026, 2, 8, 12).getTime();
    expect(snoozeTimes(sunday).map(({ label }) => label)).not.toContain('Monday morning');
    const monday = new Date(2026, 2, 9, 12).getTime();
    expect(snoozeTimes(monday).map(({ label }) => label)).not.toContain('In a week');
    for (const { until } of snoozeTimes(sunday)) expect(until).toBeGreaterThan(sunday);
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
