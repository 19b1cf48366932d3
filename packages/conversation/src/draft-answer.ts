import type { AnswerRequest, TierId } from '@stepdown/kernel';
import { startTurn, type TurnEffect } from '@stepdown/ladder';
import type { AnswerPorts } from './answer-ports.ts';
import type { Conversation } from './record.ts';

export type DraftPorts = Pick<
  AnswerPorts,
  'conversations' | 'ladder' | 'policy' | 'floor' | 'attempt' | 'report' | 'clock' | 'random' | 'newId' | 'hashVisitor'
>;

export interface Draft {
  readonly text: string;
  readonly tier: TierId;
  readonly model: string;
  readonly sourceIds: readonly string[];
}

/**
 * A model's answer that nobody but the asker sees: the same ladder, attempts, deadlines and health signals as for a
 * visitor, without a message, a checkpoint or a sticky tier. Undefined when no model answered in full.
 */
export async function draftAnswer(ports: DraftPorts, conversation: Conversation, request: AnswerRequest): Promise<Draft | undefined> {
  const turnId = ports.newId('trn');
  const plan = ports.ladder.plan({
    turnId,
    conversationId: conversation.id,
    stickyTier: conversation.stickyTier,
    isNewQuestion: false,
  });
  if (plan.floor === 'handoff' || plan.routes.length === 0) return undefined;
  let text = '';
  let rev = 0;
  const running = startTurn({
    clock: ports.clock,
    random: ports.random,
    policy: ports.policy,
    turnId,
    plan,
    firstRev: 0,
    attempt: (route, { isTrimmed, interruptedText }, signal) =>
      ports.attempt(route, { ...request, isTrimmed, ...(interruptedText === undefined ? {} : { interruptedText }) }, signal),
    report: ports.report,
    takeRetry: () => ports.ladder.takeRetry(),
    admit: (routeId) => ports.ladder.admit(routeId),
    isStillAllowed: () => true,
    onEffect: (effect: TurnEffect) => {
      if (effect.type !== 'answer.delta') return;
      text = effect.rev > rev ? effect.text : text + effect.text;
      rev = effect.rev;
    },
  });
  const result = await running.done;
  if (result.kind !== 'answered' || text.trim() === '') return undefined;
  return { text: text.trim(), tier: result.tier, model: result.model, sourceIds: result.sourceIds };
}
