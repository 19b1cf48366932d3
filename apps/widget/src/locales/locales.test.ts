import { describe, expect, it } from 'vitest';
import { chooseLocale, fill, loadTexts } from '../frame/texts/load-texts.ts';
import en from './en.ts';

const LOCALES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh', 'ar'];
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each(LOCALES)('%s', (locale) => {
  it('says everything, with the same places to fill in', async () => {
    const texts: Readonly<Record<string, string>> = { ...(await loadTexts(locale)) };
    for (const [key, english] of Object.entries(en)) {
      expect(texts[key]?.trim(), key).toBeTruthy();
      expect(places(texts[key] ?? ''), key).toEqual(places(english));
    }
  });

  it('never names a vendor', async () => {
    expect(Object.values(await loadTexts(locale)).join(' ')).not.toMatch(/claude|gpt|openai|anthropic/i);
  });
});

describe('the language shown', () => {
  it('is the first wanted one that we speak', () => {
    expect(chooseLocale(['de-AT', 'en'])).toBe('de');
    expect(chooseLocale([null, '', 'nl', 'zh_Hant_TW'])).toBe('zh');
    expect(chooseLocale(['constructor', 'nl'])).toBe('en');
  });

  it('fills in values and leaves unknown places alone', () => {
    expect(fill('{name} and {other}', { name: '{other}' })).toBe('{other} and {other}');
  });
});
