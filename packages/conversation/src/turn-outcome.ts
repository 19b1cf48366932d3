import type { AttemptOutcome, TierId } from '@stepdown/kernel';
import type { TurnEffect, TurnResult } from '@stepdown/ladder';
import { type FloorAnswer, floorAnswer } from './floor.ts';
import type { LiveText } from './live-answer.ts';
import type { FinishedTurn, FloorFinding } from './ports.ts';
import type { AttemptRecord, ConversationPatch, MessagePatch, NewMessage, Notice } from './record.ts';
import { WORDING } from './wording.ts';

export interface OutcomeContext {
  readonly finding: FloorFinding;
  /** What the visitor has seen of it. */
  readonly live: LiveText;
  /** Titles of the entries that grounded the answer, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** What the conversation remembers of the tier that answered. */
  readonly stepDown: (tier: TierId) => ConversationPatch;
  readonly newMessage: (fields: Omit<NewMessage, 'id' | 'createdAt'>) => NewMessage;
}

/** A turn can also end without the ladder: the visitor picked an offered entry, or an operator sends everyone to a person. */
export type TurnEnd = TurnResult | { readonly kind: 'chosen' | 'held-at-person'; readonly hasVisibleText: boolean };

type Ending = Pick<FinishedTurn, 'answerPatch' | 'append' | 'conversationPatch' | 'resultTier'>;

/** What the visitor is left with at the end of a turn: exactly one completed answer, or the answer and what follows it. */
export function endingOf(result: TurnEnd, context: OutcomeContext): Ending {
  switch (result.kind) {
    case 'answered':
      return answered(result, context);
    case 'refused':
      return onFloor(handedOff('refused'), result.hasVisibleText, context);
    case 'floor':
      return onFloor(floorAnswer(context.finding), result.hasVisibleText, context);
    case 'held-at-person':
      return onFloor(handedOff('handoff'), result.hasVisibleText, context);
    case 'chosen':
      return onFloor(floorAnswer(context.finding), result.hasVisibleText, withoutStepDown(context));
    case 'cancelled':
      return { resultTier: undefined, answerPatch: asInterrupted(context.live) };
  }
}

function answered(result: Extract<TurnResult, { kind: 'answered' }>, context: OutcomeContext): Ending {
  const sources = result.sourceIds.flatMap((id) => {
    const title = context.titles.get(id);
    return title === undefined ? [] : [{ id, title }];
  });
  const { tier, model, rev } = result;
  const answerPatch: MessagePatch = { text: context.live.text, rev, status: 'complete', tier, model, sources };
  const conversationPatch = context.stepDown(tier);
  if (!result.isTruncated) return { resultTier: tier, answerPatch, conversationPatch };
  return { resultTier: tier, answerPatch, conversationPatch, append: [systemMessage('continue', context)] };
}

/** Text that stands stays, marked incomplete, and what the floor says follows as its own message; else the floor fills the bubble. */
function onFloor(floor: FloorAnswer, hasVisibleText: boolean, context: OutcomeContext): Ending {
  const conversationPatch: ConversationPatch = {
    ...context.stepDown(floor.tier),
    ...(floor.isHandoffOffered ? { handoff: 'offered' } : {}),
  };
  const said = {
    text: floor.text,
    tier: floor.tier,
    sources: floor.sources,
    choices: floor.choices,
    ...(floor.notice === undefined ? {} : { notice: floor.notice }),
    ...(floor.checkedAt === undefined ? {} : { checkedAt: floor.checkedAt }),
  };
  if (!hasVisibleText) {
    const answerPatch: MessagePatch = { ...said, rev: context.live.rev, status: 'complete', model: undefined };
    return { resultTier: floor.tier, answerPatch, conversationPatch };
  }
  return {
    resultTier: floor.tier,
    answerPatch: asInterrupted(context.live),
    append: [context.newMessage({ author: 'assistant', status: 'complete', ...said })],
    conversationPatch,
  };
}

function asInterrupted({ text, rev, tier, model }: LiveText): MessagePatch {
  return { text, rev, status: 'interrupted', ...(tier === undefined ? {} : { tier, model }) };
}

/** The visitor picked this entry; nothing has failed, so the conversation stays where it is. */
function withoutStepDown(context: OutcomeContext): OutcomeContext {
  return { ...context, stepDown: () => ({}) };
}

function handedOff(notice: 'refused' | 'handoff'): FloorAnswer {
  return { tier: 'handoff', text: WORDING[notice], sources: [], choices: [], notice, checkedAt: undefined, isHandoffOffered: true };
}

function systemMessage(notice: Notice, context: OutcomeContext): NewMessage {
  return context.newMessage({ author: 'system', status: 'complete', text: WORDING[notice], notice });
}

/** The attempt trail that agents can open. */
export function attemptRecord(
  effect: Extract<TurnEffect, { type: 'attempt.ended' }>,
  route: { tier: TierId; model: string },
): AttemptRecord {
  return {
    routeId: effect.routeId,
    tier: route.tier,
    model: route.model,
    outcome: outcomeName(effect.outcome),
    detail: effect.outcome.kind === 'failed' ? effect.outcome.failure.detail : undefined,
    firstTextMs: effect.firstTextMs === undefined ? undefined : Math.round(effect.firstTextMs),
    durationMs: Math.round(effect.durationMs),
  };
}

function outcomeName(outcome: AttemptOutcome): string {
  return outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind;
}
