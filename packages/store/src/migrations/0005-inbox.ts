import type { Migration, SqlWords } from './migration.ts';

/** What the team works with: labels, shared replies, snoozing, ratings, how fast people were picked up, and who is away. */
export const inboxTables: Migration = {
  number: 5,
  name: 'inbox',
  statements: (words) => [...conversationColumns(words), ...agentColumns(words), ...labels(words), ...replies(words), ...records(words)],
};

function conversationColumns({ integer }: SqlWords): readonly string[] {
  return [
    `alter table conversation add column snoozed_until ${integer}`,
    'create index conversation_snoozed on conversation (snoozed_until) where snoozed_until is not null',
    'create index conversation_by_locale on conversation (locale, updated_at)',
    'create index conversation_by_tier on conversation (sticky_tier, updated_at) where sticky_tier is not null',
    'create index conversation_by_agent on conversation (agent_id, updated_at) where agent_id is not null',
    'create index visitor_verified on visitor (email, id) where is_verified = 1',
  ];
}

function agentColumns({ integer, text }: SqlWords): readonly string[] {
  return [
    `alter table agent add column is_away ${integer} not null default 0`,
    `alter table agent add column capacity ${integer}`,
    `alter table note add column mentions ${text} not null default '[]'`,
    `alter table note add column client_id ${text}`,
    'create unique index note_client_id on note (conversation_id, client_id) where client_id is not null',
  ];
}

function labels({ integer, text, strict, strictKeyOnly }: SqlWords): readonly string[] {
  return [
    `create table label (
      id ${text} primary key, name ${text} not null, name_key ${text} not null unique, colour ${text} not null, created_at ${integer} not null
    ) ${strict}`,
    `create table conversation_label (
      label_id ${text} not null references label (id) on delete cascade,
      conversation_id ${text} not null references conversation (id) on delete cascade,
      primary key (label_id, conversation_id)
    ) ${strictKeyOnly}`,
    'create index conversation_label_of_conversation on conversation_label (conversation_id, label_id)',
  ];
}

function replies({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table canned_reply (
      id ${text} primary key, shortcut ${text} not null, locale ${text} not null, text ${text} not null,
      updated_by ${text} not null, updated_at ${integer} not null, unique (shortcut, locale)
    ) ${strict}`,
  ];
}

function records({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table rating (
      id ${text} primary key, conversation_id ${text} not null references conversation (id) on delete cascade,
      agent_id ${text} not null, agent_name ${text} not null, asked_at ${integer} not null,
      score ${integer}, comment ${text}, rated_at ${integer}
    ) ${strict}`,
    'create index rating_of_conversation on rating (conversation_id, asked_at)',
    'create index rating_time on rating (asked_at)',
    'create index message_rated on message (created_at) where rating is not null',
    `create table pick_up (
      id ${text} primary key, conversation_id ${text} not null references conversation (id) on delete cascade,
      agent_id ${text} not null, waited_ms ${integer} not null, at ${integer} not null
    ) ${strict}`,
    'create index pick_up_time on pick_up (at)',
    'create index pick_up_of_conversation on pick_up (conversation_id)',
  ];
}
