import type { AnswerSourceReference, TierId } from '@stepdown/kernel';
import type { FloorEntry, FloorFinding } from './ports.ts';
import type { Choice, Notice } from './record.ts';
import { WORDING } from './wording.ts';

/** What the floor says when no model answers: always something, never a dead end. */
export interface FloorAnswer {
  readonly tier: Extract<TierId, 'faq' | 'handoff'>;
  readonly text: string;
  readonly sources: readonly AnswerSourceReference[];
  readonly choices: readonly Choice[];
  readonly notice: Notice | undefined;
  readonly checkedAt: number | undefined;
  /** The visitor is offered a person. */
  readonly isHandoffOffered: boolean;
}

const nothing = { sources: [], choices: [], notice: undefined, checkedAt: undefined, isHandoffOffered: false } as const;

export function entryAnswer(entry: FloorEntry): FloorAnswer {
  return { ...nothing, tier: 'faq', text: entry.answer, sources: [{ id: entry.id, title: entry.question }], checkedAt: entry.updatedAt };
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
