import type { Clock, NewId } from '@stepdown/kernel';
import type { RatingStore } from './inbox-ports.ts';
import type { JobQueue } from './job-ports.ts';
import type { ConversationStore, PublishConversationEvent, TurnStore } from './ports.ts';
import type { NewMessage, Notice } from './record.ts';
import type { SavedAnswers } from './saved-answer-ports.ts';
import type { TurnBoard } from './turn-board.ts';
import { WORDING } from './wording.ts';

/** What every use case works with. */
export interface ConversationPorts {
  readonly conversations: ConversationStore;
  readonly turns: TurnStore;
  readonly board: TurnBoard;
  readonly publish: PublishConversationEvent;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly processId: string;
  /** Where parked questions wait; without it none is parked. */
  readonly jobs?: JobQueue | undefined;
  /** Who was content with our people; without it nobody is asked. */
  readonly ratings?: RatingStore | undefined;
  readonly savedAnswers?: Pick<SavedAnswers, 'evict'> | undefined;
}

/** Why a command did nothing; the wire names them alike. */
export type Refusal = 'not_found' | 'conflict' | 'closed';

export function systemMessage(
  ports: Pick<ConversationPorts, 'newId' | 'clock'>,
  notice: Notice,
  extra: { agentId?: string; authorName?: string } = {},
): NewMessage {
  return {
    id: ports.newId('msg'),
    author: 'system',
    text: WORDING[notice],
    status: 'complete',
    notice,
    createdAt: ports.clock.now(),
    ...extra,
  };
}
