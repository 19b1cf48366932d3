import {
  type AnswerPorts,
  createTurnBoard,
  type DraftPorts,
  type PublishConversationEvent,
  type SavedAnswers,
  type TurnBoard,
} from '@stepdown/conversation';
import type { Clock, Log, NewId, Signal, TierId } from '@stepdown/kernel';
import type { Store } from '@stepdown/store';
import { withNamedSources } from '@stepdown/tiers';
import type { Namespace } from 'socket.io';
import { createPseudonyms } from './access/tokens.ts';
import type { ServerConfig } from './config.ts';
import type { Content } from './content.ts';
import type { LadderRuntime } from './ladder-runtime.ts';
import { conversationRoom } from './realtime/rooms.ts';
import type { ModelRoute } from './routes-config.ts';
import { isInFront } from './saved-answers.ts';
import { noticeOf } from './views/notice.ts';

export interface AnsweringParts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly processId: string;
  readonly config: ServerConfig;
  readonly routes: readonly ModelRoute[];
  readonly runtime: LadderRuntime;
  readonly store: Store;
  readonly content: Content;
  readonly savedAnswers: SavedAnswers;
  readonly publish: PublishConversationEvent;
  readonly visitors: Namespace;
  readonly log: Log;
  readonly onTurnEnded: (tier: TierId | undefined) => void;
}

/** The board of running answers, with the ladder in front and the live FAQ below. */
export function createAnswering(parts: AnsweringParts): { readonly board: TurnBoard; readonly drafts: DraftPorts } {
  const sources = new Map(parts.routes.map(({ source }) => [source.routeId, source]));
  const ports: AnswerPorts = {
    conversations: parts.store.conversations,
    turns: parts.store.turns,
    ladder: parts.runtime.ladder,
    policy: parts.config.policy,
    floor: parts.content,
    savedAnswers: parts.savedAnswers,
    isSavedInFront: isInFront(parts.config, parts.runtime.tier),
    canDefer: parts.routes.length > 0,
    attempt: (route, request, signal) => {
      const source = sources.get(route.routeId);
      if (source === undefined) throw new Error(`The plan names a route that is not configured: ${route.routeId}`);
      const ids = request.grounding.map((entry) => entry.id);
      return withNamedSources(source.answer(request, signal), ids);
    },
    report: (signal: Signal) => parts.runtime.report(signal),
    publish: parts.publish,
    clock: parts.clock,
    random: Math.random,
    newId: parts.newId,
    log: parts.log,
    processId: parts.processId,
    hashVisitor: createPseudonyms(parts.config.identitySecret ?? parts.config.siteName),
    onTurnEnded: (ended) => {
      const { turn, tier } = ended;
      parts.onTurnEnded(tier);
      parts.content.insights.turnEnded(ended);
      // The conversation may stand below the global tier: its visitor is told what answered here.
      if (tier !== undefined)
        parts.visitors
          .to(conversationRoom(turn.conversationId))
          .emit('tier:changed', { tier, notice: noticeOf(tier), at: parts.clock.now() });
    },
  };
  return { board: createTurnBoard(ports), drafts: ports };
}
