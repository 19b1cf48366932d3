import type { AttemptOutcome, TierId } from '@stepdown/kernel';
import type { TurnEffect, TurnResult } from '@stepdown/ladder';
import { type FloorAnswer, floorAnswer, savedFloorAnswer, stillParked } from './floor.ts';
import type { LiveText } from './live-answer.ts';
import type { FinishedTurn, FloorFinding } from './ports.ts';
import type { AttemptRecord, ConversationPatch, Deferral, MessagePatch, NewMessage, Notice } from './record.ts';
import type { SavedAnswer } from './saved-answer-ports.ts';
import { WORDING } from './wording.ts';

export interface OutcomeContext {
  readonly finding: FloorFinding;
  /** Goes in front of the finding. */
  readonly saved: SavedAnswer | undefined;
  readonly titleOf: (entryId: string) => string;
  /** What an outage does to a question it leaves unanswered. */
  readonly deferral: Exclude<Deferral, 'ended'> | undefined;
  /** What the visitor has seen of it. */
  readonly live: LiveText;
  /** Titles of the entries that grounded the answer, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** What the conversation remembers of the tier that answered. */
  readonly stepDown: (tier: TierId) => ConversationPatch;
  readonly newMessage: (fields: Omit<NewMessage, 'id' | 'createdAt'>) => NewMessage;
}

/**
 * A turn can also end without the ladder: the visitor picked an offered entry, a saved answer goes in front, or an
 * operator sends everyone to a person.
 */
export type TurnEnd = TurnResult | { readonly kind: 'chosen' | 'saved' | 'held-at-person'; readonly hasVisibleText: boolean };

type Ending = Pick<FinishedTurn, 'answerPatch' | 'append' | 'conversationPatch' | 'resultTier'> & { readonly cause?: string };

/** What the visitor is left with at the end of a turn: exactly one completed answer, or the answer and what follows it. */
export function endingOf(result: TurnEnd, context: OutcomeContext): Ending {
  switch (result.kind) {
    case 'answered':
      return answered(result, context);
    case 'refused':
      return onFloor(handedOff('refused'), result.hasVisibleText, context);
    case 'floor':
      return afterOutage(result, context);
    case 'saved':
      return onFloor(saidBefore(context), result.hasVisibleText, withoutStepDown(context));
    case 'held-at-person':
      return onFloor(handedOff('handoff'), result.hasVisibleText, context);
    case 'chosen':
      return onFloor(floorAnswer(context.finding), result.hasVisibleText, withoutStepDown(context));
    case 'cancelled':
      return { resultTier: undefined, answerPatch: asInterrupted(context.live) };
  }
}

/** Saved answer, then FAQ, then choices, then an honest "not found", which may be put off until the outage is over. */
function afterOutage({ hasVisibleText, cause }: Extract<TurnResult, { kind: 'floor' }>, context: OutcomeContext): Ending {
  if (context.saved !== undefined)
    return { ...onFloor(saidBefore(context), hasVisibleText, context), cause: `floor: ${cause}, saved answer` };
  const floor = floorAnswer(context.finding);
  if (context.finding.result.kind === 'answer') return onFloor(floor, hasVisibleText, context);
  if (context.deferral !== 'parked') return onFloor({ ...floor, deferral: context.deferral }, hasVisibleText, context);
  return { ...onFloor(stillParked(), hasVisibleText, withoutStepDown(context)), cause: `${STILL_PARKED}: ${cause}` };
}

/** How the cause of a turn begins that found the outage back when it was to answer a parked question. */
export const STILL_PARKED = 'still parked';

function saidBefore({ saved, finding, titleOf }: OutcomeContext): FloorAnswer {
  return saved === undefined ? floorAnswer(finding) : savedFloorAnswer(saved, titleOf);
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
    ...(floor.savedAt === undefined ? {} : { savedAt: floor.savedAt }),
    ...(floor.deferral === undefined ? {} : { deferral: floor.deferral }),
    ...(floor.model === undefined ? {} : { model: floor.model }),
  };
  if (!hasVisibleText) {
    const answerPatch: MessagePatch = { model: undefined, ...said, rev: context.live.rev, status: 'complete' };
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
