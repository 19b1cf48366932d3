import type { Migration, SqlWords } from './migration.ts';

/** Conversations and all that belongs to one: deleted with it. */
export const conversationTables: Migration = {
  number: 1,
  name: 'conversations',
  statements: (words) => [...conversation(words), ...message(words), ...turn(words), ...noteAndSearch(words)],
};

function conversation({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table conversation (
      id ${text} primary key, visitor_id ${text} not null, site ${text} not null, locale ${text} not null,
      state ${text} not null, epoch ${integer} not null, last_seq ${integer} not null, last_change ${integer} not null,
      sticky_tier ${text}, handoff ${text} not null, agent_id ${text}, email ${text}, waiting_since ${integer},
      page_url ${text}, page_title ${text}, created_at ${integer} not null, updated_at ${integer} not null
    ) ${strict}`,
    'create index conversation_of_visitor on conversation (visitor_id, created_at, id)',
    'create index conversation_queue on conversation (waiting_since, id) where waiting_since is not null',
    `create index conversation_mine on conversation (agent_id, updated_at) where agent_id is not null and state <> 'resolved'`,
    'create index conversation_by_state on conversation (state, updated_at)',
    'create index conversation_by_update on conversation (updated_at)',
  ];
}

function message({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table message (
      id ${text} primary key, conversation_id ${text} not null references conversation (id) on delete cascade,
      seq ${integer} not null, rev ${integer} not null, author ${text} not null, agent_id ${text}, author_name ${text},
      tier ${text}, model ${text}, text ${text} not null, status ${text} not null,
      sources ${text} not null, choices ${text} not null, notice ${text}, checked_at ${integer},
      rating ${text}, rating_comment ${text}, client_message_id ${text}, visitor_id ${text},
      created_change ${integer} not null, change ${integer} not null, created_at ${integer} not null,
      unique (conversation_id, seq)
    ) ${strict}`,
    `create unique index message_client_id on message (conversation_id, client_message_id) where client_message_id is not null`,
    'create unique index message_visitor_client_id on message (visitor_id, client_message_id) where visitor_id is not null',
    'create index message_change on message (conversation_id, change)',
  ];
}

function turn({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table turn (
      id ${text} primary key, conversation_id ${text} not null references conversation (id) on delete cascade,
      question_message_id ${text} not null, answer_message_id ${text}, epoch ${integer} not null, status ${text} not null,
      lease_owner ${text} not null, lease_until ${integer} not null, takeovers ${integer} not null, cause ${text} not null,
      result_tier ${text}, attempts ${text} not null, started_at ${integer} not null, ended_at ${integer}
    ) ${strict}`,
    'create index turn_of_conversation on turn (conversation_id, started_at, id)',
    'create index turn_of_answer on turn (answer_message_id) where answer_message_id is not null',
    `create index turn_lease on turn (lease_until) where status = 'running'`,
  ];
}

function noteAndSearch({ integer, text, strict, strictKeyOnly }: SqlWords): readonly string[] {
  return [
    `create table note (
      id ${text} primary key, conversation_id ${text} not null references conversation (id) on delete cascade,
      agent_id ${text} not null, author_name ${text} not null, text ${text} not null, created_at ${integer} not null
    ) ${strict}`,
    'create index note_of_conversation on note (conversation_id, created_at, id)',
    `create table search_word (subject_id ${text} not null, word ${text} not null, primary key (word, subject_id)) ${strictKeyOnly}`,
    'create index search_word_of_subject on search_word (subject_id)',
  ];
}
