import { conversationTables } from './0001-conversations.ts';
import { houseTables } from './0002-house.ts';
import { savedAndDeferred } from './0003-saved-and-deferred.ts';
import { faqDesk } from './0004-faq-desk.ts';
import { inboxTables } from './0005-inbox.ts';
import { identities } from './0006-identities.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps; new ones go to the end. */
export const MIGRATIONS: readonly Migration[] = [conversationTables, houseTables, savedAndDeferred, faqDesk, inboxTables, identities];
