import type { AnswerSourceReference, TierId } from '@stepdown/kernel';
import type { FloorEntry, FloorFinding } from './ports.ts';
import type { Choice, Deferral, Notice } from './record.ts';
import type { SavedAnswer } from './saved-answer-ports.ts';
import { WORDING } from './wording.ts';

/** What the floor says when no model answers: always something, never a dead end. */
export interface FloorAnswer {
  readonly tier: Extract<TierId, 'faq' | 'handoff'>;
  readonly text: string;
  readonly sources: readonly AnswerSourceReference[];
  readonly choices: readonly Choice[];
  readonly notice: Notice | undefined;
  readonly checkedAt: number | undefined;
  /** Set on a saved answer: when a model wrote it, and which. */
  readonly savedAt?: number;
  readonly model?: string | undefined;
  readonly deferral?: Deferral | undefined;
  /** The visitor is offered a person. */
  readonly isHandoffOffered: boolean;
}

const nothing = { sources: [], choices: [], notice: undefined, checkedAt: undefined, isHandoffOffered: false } as const;

export function entryAnswer(entry: FloorEntry): FloorAnswer {
  return { ...nothing, tier: 'faq', text: entry.answer, sources: [{ id: entry.id, title: entry.question }], checkedAt: entry.updatedAt };
}

/** A saved answer goes first, unless the question can't be understood alone, or the FAQ is sure of an entry that the answer does not rest on: the team's word is newer. */
export function isServedFirst(saved: SavedAnswer, finding: FloorFinding): boolean {
  if (finding.result.kind === 'ask-back') return false;
  return finding.result.kind !== 'answer' || saved.sourceIds.includes(finding.result.entry.id);
}

export function savedFloorAnswer(saved: SavedAnswer, titleOf: (entryId: string) => string): FloorAnswer {
  const sources = saved.sourceIds.map((id) => ({ id, title: titleOf(id) }));
  return { ...nothing, tier: 'faq', text: saved.text, sources, checkedAt: saved.savedAt, savedAt: saved.savedAt, model: saved.model };
}

/** The outage came again while a parked question was being answered: it stays parked, and the visitor is told so. */
export function stillParked(): FloorAnswer {
  return { ...nothing, tier: 'handoff', text: WORDING.deferred, notice: 'deferred' };
}

export function floorAnswer(finding: FloorFinding): FloorAnswer {
  switch (finding.result.kind) {
    case 'answer':
      return entryAnswer(finding.result.entry);
    case 'choices': {
      const choices = finding.result.entries.map((entry) => ({ id: entry.id, label: entry.question }));
      return { ...nothing, tier: 'faq', text: WORDING.choices, choices, notice: 'choices' };
    }
    case 'ask-back':
      return { ...nothing, tier: 'faq', text: WORDING['ask-back'], notice: 'ask-back' };
    case 'abstain':
      return { ...nothing, tier: 'handoff', text: WORDING['not-found'], notice: 'not-found', isHandoffOffered: true };
  }
}
