import type { Policy } from '@stepdown/ladder';
import type { Conversation, Turn } from './record.ts';
import { STILL_PARKED } from './turn-outcome.ts';

/** What is known about a parked question at one moment. */
export interface ParkedFacts {
  readonly parkedAt: number;
  /** Epoch of the conversation when it was parked. */
  readonly epoch: number;
  readonly conversation: Pick<Conversation, 'epoch' | 'state'> | undefined;
  /** Turns spent on it since it was parked, oldest first. */
  readonly turns: readonly Pick<Turn, 'status' | 'cause' | 'endedAt'>[];
  readonly isAssistantBack: boolean;
  readonly now: number;
  readonly policy: Pick<Policy, 'deferredKeptMs' | 'deferredTries' | 'deferredRetryMs'>;
}

export type ParkedStep =
  /** A person has the conversation, or it is gone or closed. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'start' }
  /** Its answer is being written, here or in another process. */
  | { readonly kind: 'wait' }
  /** It has been answered, refused, or stopped by the visitor. */
  | { readonly kind: 'settle' }
  /** Too late or tried too often: a person gets it. */
  | { readonly kind: 'hand-over' }
  /** Not now; `retryAt` undefined keeps its place. */
  | { readonly kind: 'put-back'; readonly retryAt: number | undefined };

/** The visitor is told that the question is parked before it is answered. */
const YOUNGEST_MS = 1_000;

/** A turn that answers, or will: all but one that found the outage back. */
export function hasAnswered(turn: Pick<Turn, 'cause'>): boolean {
  return !turn.cause.startsWith(STILL_PARKED);
}

/** Decides what happens to a parked question next. Pure; whoever asks again after a crash gets the same answer. */
export function parkedStep(facts: ParkedFacts): ParkedStep {
  const { conversation, turns, now, policy } = facts;
  if (conversation === undefined || conversation.epoch !== facts.epoch || conversation.state === 'open') return { kind: 'cancel' };
  const last = turns.at(-1);
  if (last !== undefined && hasAnswered(last)) return { kind: last.status === 'running' ? 'wait' : 'settle' };
  if (now - facts.parkedAt >= policy.deferredKeptMs || turns.length >= policy.deferredTries) return { kind: 'hand-over' };
  return startOrNot(facts, last?.endedAt);
}

function startOrNot({ parkedAt, now, isAssistantBack, policy }: ParkedFacts, triedAt: number | undefined): ParkedStep {
  const retryAt = triedAt === undefined ? undefined : triedAt + policy.deferredRetryMs;
  const isDue = (retryAt ?? now) <= now && now - parkedAt >= YOUNGEST_MS;
  return isAssistantBack && isDue ? { kind: 'start' } : { kind: 'put-back', retryAt };
}
