import { PROVIDERS, type ProviderId } from '../../providers.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Phrases, Voice } from './phrases.ts';
import { pt } from './pt.ts';
import { zh } from './zh.ts';

export const PHRASES: ReadonlyMap<string, Phrases> = new Map(Object.entries({ en, de, fr, es, pt, ja, zh, ar }));

/** How a provider talks in this language; English where it speaks no other. */
export function voiceOf(provider: ProviderId, locale: string): Voice {
  return (PHRASES.get(locale) ?? en)[provider];
}

/** Every phrase of a voice that can begin an answer. */
export function beginnings(voice: Voice): readonly string[] {
  return [...voice.openings, voice.noMatch, voice.greeting, voice.thanks, voice.person];
}

/** Which provider's wording an answer begins with; `null` for text that none of them wrote. */
export function recogniseVoice(text: string): ProviderId | null {
  const found = PROVIDERS.find((provider) =>
    [...PHRASES.values()].some((phrases) => beginnings(phrases[provider]).some((phrase) => text.trimStart().startsWith(phrase))),
  );
  return found ?? null;
}
