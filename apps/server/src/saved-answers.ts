import type { SavedAnswers } from '@stepdown/conversation';
import type { FaqEntry } from '@stepdown/faq';
import type { Clock, Log, TierId } from '@stepdown/kernel';
import { tierRank } from '@stepdown/kernel';
import type { Store } from '@stepdown/store';
import { createSavedAnswers, promptVersionOf } from '@stepdown/tiers';
import type { ServerConfig } from './config.ts';
import type { Content } from './content.ts';
import { personaOf } from './routes-config.ts';

export interface SavedAnswerParts {
  readonly store: Store;
  readonly content: Content;
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers of earlier conversations, in the store, held against the live FAQ. */
export function openSavedAnswers({ store, content, config, clock, log }: SavedAnswerParts): SavedAnswers {
  return createSavedAnswers({
    shelf: store.cache,
    versionsOf: (entryId) => versionsOf(content, entryId, new Date(clock.now()).toISOString().slice(0, 10)),
    isKnown: async (conversationId) => (await store.conversations.get(conversationId)) !== undefined,
    clock,
    log,
    promptVersion: promptVersionOf(personaOf(config)),
    keptMs: config.policy.savedAnswerKeptMs,
    lookUpMs: config.policy.savedAnswerLookUpMs,
  });
}

/** Every language of an entry counts: a model may have been given any of them. `today` as ISO date. */
function versionsOf({ entries }: Content, entryId: string, today: string): readonly FaqEntry[] {
  return entries.filter(({ id, expires }) => id === entryId && (expires === undefined || expires >= today));
}

/** In front of the models go only answers of a tier that is at least as good as what would answer now. */
export function isInFront(config: ServerConfig, globalTier: () => TierId): ((tier: TierId) => boolean) | undefined {
  return config.cacheInFront ? (tier) => tierRank(tier) <= tierRank(globalTier()) : undefined;
}
