import type { AnswerEvent, AnswerRequest, Clock, Log, NewId, Random, Signal, TierId } from '@stepdown/kernel';
import type { Ladder, PlannedRoute, Policy } from '@stepdown/ladder';
import type { ConversationStore, FloorAnswerer, FloorFinding, PublishConversationEvent, TurnStore } from './ports.ts';
import type { Turn } from './record.ts';
import type { SavedAnswers } from './saved-answer-ports.ts';

/** The part of the ladder that a turn talks to. */
export type TurnLadder = Pick<Ladder, 'plan' | 'takeRetry' | 'admit'>;

export interface AnswerPorts {
  readonly conversations: ConversationStore;
  readonly turns: TurnStore;
  readonly ladder: TurnLadder;
  readonly policy: Policy;
  readonly floor: FloorAnswerer;
  readonly attempt: (route: PlannedRoute, request: AnswerRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  readonly report: (signal: Signal) => void;
  readonly publish: PublishConversationEvent;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  readonly log: Log;
  /** Names this process in turn leases. */
  readonly processId: string;
  /** Stable, opaque name of a visitor for providers. */
  readonly hashVisitor: (visitorId: string) => string;
  /** Answers of earlier conversations; without it the floor starts with the FAQ. */
  readonly savedAnswers?: SavedAnswers | undefined;
  /** Whether a saved answer of this tier goes in front of the models. Default: none does. */
  readonly isSavedInFront?: ((tier: TierId) => boolean) | undefined;
  /** Whether an assistant is configured at all, so that an unanswered question can wait for it. Default: no. */
  readonly canDefer?: boolean | undefined;
  /** Called when a turn has ended, for metrics and shadow readings. */
  readonly onTurnEnded?: (ended: EndedTurn) => void;
}

/** What answered a question, beside what the floor would have said. */
export interface EndedTurn {
  readonly turn: Turn;
  readonly tier: Turn['resultTier'];
  readonly locale: string;
  /** As found at t = 0; the entry itself when the visitor had chosen it. */
  readonly finding: FloorFinding;
  /** Entries that a model named as its sources. */
  readonly citedIds: readonly string[];
}
