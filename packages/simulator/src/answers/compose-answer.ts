import type { ProviderId } from '../providers.ts';
import { voiceOf } from './phrases/index.ts';
import { pickEntries } from './pick-entries.ts';
import { type PromptEntry, readEntries, readLocale, readQuestion } from './prompt-reader.ts';
import { firstSentences } from './sentences.ts';
import { recogniseSmallTalk, requestedEcho } from './small-talk.ts';
import { hash } from './tokens.ts';
import { contentWords } from './words.ts';

export interface AnswerPrompt {
  /** System text or instructions; FAQ entries and `<locale>` are read from here alone. */
  readonly instructions: string;
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
}

/** A question this short may lean on the one before it ("And for sale items?"). */
const FOLLOW_UP_WORD_LIMIT = 3;

/**
 * Writes a provider's answer from the FAQ entries in its own prompt, closing with `Sources: [id]`; without a fitting
 * entry an honest "not in our help articles". The same prompt always gives the same words.
 */
export function composeAnswer(provider: ProviderId, prompt: AnswerPrompt): string {
  const voice = voiceOf(provider, readLocale(prompt.instructions));
  const questions = prompt.turns.filter((turn) => turn.role === 'user').map((turn) => readQuestion(turn.text));
  const question = questions.at(-1) ?? '';
  const echo = requestedEcho(question);
  if (echo !== null) return echo;
  const smallTalk = recogniseSmallTalk(question);
  if (smallTalk !== null) return withoutSources(voice[smallTalk], prompt);
  const picked = pickForConversation(readEntries(prompt.instructions), questions);
  if (picked.length === 0) return withoutSources(voice.noMatch, prompt);
  const opening = voice.openings[hash(question) % voice.openings.length] ?? voice.openings[0];
  return `${opening}${opening.endsWith('。') ? '' : ' '}${bodyOf(picked)}\n\nSources: ${picked.map((entry) => `[${entry.id}]`).join(', ')}`;
}

const NO_SOURCES = 'Sources: none';

/** Says that nothing was used, where the prompt asks for that. */
function withoutSources(text: string, { instructions }: AnswerPrompt): string {
  return instructions.includes(NO_SOURCES) ? `${text}\n\n${NO_SOURCES}` : text;
}

function pickForConversation(entries: readonly PromptEntry[], questions: readonly string[]): PromptEntry[] {
  const question = questions.at(-1) ?? '';
  const previous = questions.at(-2);
  const picked = pickEntries(entries, question);
  if (picked.length > 0 || previous === undefined || contentWords(question).length > FOLLOW_UP_WORD_LIMIT) return picked;
  return pickEntries(entries, `${previous} ${question}`);
}

function bodyOf([first, second]: readonly PromptEntry[]): string {
  const main = firstSentences(first?.body ?? '', second === undefined ? 3 : 2);
  if (second === undefined) return main;
  const extra = firstSentences(second.body, 1);
  return `${main}${/^\s*(?:[-*+]|\d+[.)])\s/m.test(main) ? '\n\n' : ' '}${extra}`;
}
