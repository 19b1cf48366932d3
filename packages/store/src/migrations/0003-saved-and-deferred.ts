import type { Migration } from './migration.ts';

/** What an answer says about itself: saved from an earlier conversation, or parked until the assistant is back. */
export const savedAndDeferred: Migration = {
  number: 3,
  name: 'saved-and-deferred',
  statements: ({ integer, text }) => [
    `alter table message add column saved_at ${integer}`,
    `alter table message add column deferral ${text}`,
  ],
};
