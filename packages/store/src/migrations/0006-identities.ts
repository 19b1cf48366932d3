import type { Migration } from './migration.ts';

/** Who visitors are by the signature of their site, and which devices are the same person's. */
export const identities: Migration = {
  number: 6,
  name: 'identities',
  statements: ({ text, strict }) => [
    `create table visitor_identity (
      site ${text} not null, subject ${text} not null, visitor_id ${text} not null unique references visitor (id) on delete cascade,
      primary key (site, subject)
    ) ${strict}`,
    `alter table visitor add column same_as ${text}`,
    'create index visitor_same_as on visitor (same_as) where same_as is not null',
  ],
};
