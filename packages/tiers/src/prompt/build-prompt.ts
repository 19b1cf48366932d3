import type { AnswerRequest, GroundingEntry, HistoryTurn } from '@stepdown/kernel';
import { asAttribute, asData } from './delimited.ts';
import { type Persona, rulesText } from './rules.ts';

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface Prompt {
  /** `rules` and `knowledge` in one text. */
  readonly system: string;
  /** The same for every question of a shop. */
  readonly rules: string;
  /** The entries found for this question, and its language. */
  readonly knowledge: string;
  /** Roles alternate, a user message is first and last. */
  readonly messages: readonly PromptMessage[];
}

/** About 3,000 tokens of earlier conversation, and 4,000 of entries: well inside an 8k context, the smallest an open model is run with. */
const HISTORY_CHARACTERS = 12_000;
const GROUNDING_CHARACTERS = 16_000;
/** Of an interrupted answer the end matters most: there the visitor stopped reading. */
const INTERRUPTED_CHARACTERS = 6_000;

/**
 * The one prompt of every model tier. FAQ entries are delimited data behind the rules; visitors write only in user
 * messages, so they can't forge an entry. An interrupted answer comes as quoted data with the question, and the model
 * never finds words of its own prefilled.
 */
export function buildPrompt(request: AnswerRequest, persona: Persona = {}): Prompt {
  const share = request.isTrimmed ? 0.5 : 1;
  const rules = rulesText(persona);
  const entries = entriesBlock(firstEntries(request.grounding, share));
  const knowledge = `${entries}\n<locale>${asAttribute(request.locale)}</locale>`;
  const history = recentTurns(request.history, HISTORY_CHARACTERS * share).map(asMessage);
  const question: PromptMessage = { role: 'user', content: lastMessage(request) };
  return { system: `${rules}\n\n${knowledge}`, rules, knowledge, messages: alternating([...history, question]) };
}

function lastMessage({ question, interruptedText }: AnswerRequest): string {
  if (!interruptedText) return asData(question);
  return `${asData(question)}\n\n<interrupted_answer>\n${asData(interruptedText.slice(-INTERRUPTED_CHARACTERS))}\n</interrupted_answer>`;
}

function entriesBlock(entries: readonly GroundingEntry[]): string {
  const blocks = entries.map(
    (entry) => `<faq_entry id="${asAttribute(entry.id)}" question="${asAttribute(entry.question)}">\n${asData(entry.answer)}\n</faq_entry>`,
  );
  return `<faq_entries>\n${blocks.length === 0 ? 'No entry was found for this question.' : blocks.join('\n')}\n</faq_entries>`;
}

/** Entries come best first, so the last ones go first. One always stays, cut where it is longer than the whole budget. */
function firstEntries(grounding: readonly GroundingEntry[], share: number): readonly GroundingEntry[] {
  const kept: GroundingEntry[] = [];
  let room = GROUNDING_CHARACTERS * share;
  for (const entry of grounding.slice(0, Math.ceil(grounding.length * share))) {
    const answer = entry.answer.length <= room || kept.length > 0 ? entry.answer : `${entry.answer.slice(0, room)}…`;
    room -= answer.length;
    if (room < 0 && kept.length > 0) break;
    kept.push({ ...entry, answer });
  }
  return kept;
}

/** The newest turns that fit, beginning with a visitor's: an answer without its question would mislead. */
function recentTurns(history: readonly HistoryTurn[], budget: number): readonly HistoryTurn[] {
  let start = history.length;
  let room = budget;
  while (start > 0) {
    room -= history[start - 1]?.text.length ?? 0;
    if (room < 0) break;
    start -= 1;
  }
  const kept = history.slice(start).filter((turn) => turn.text.trim() !== '');
  const firstVisitor = kept.findIndex((turn) => turn.author === 'visitor');
  return firstVisitor === -1 ? [] : kept.slice(firstVisitor);
}

/** A person of the team speaks for the shop as the assistant does. */
function asMessage(turn: HistoryTurn): PromptMessage {
  return { role: turn.author === 'visitor' ? 'user' : 'assistant', content: asData(turn.text) };
}

/** Merges neighbours of one role: chat templates of open models refuse two in a row. */
function alternating(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const merged: PromptMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === message.role) merged[merged.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` };
    else merged.push(message);
  }
  return merged;
}
