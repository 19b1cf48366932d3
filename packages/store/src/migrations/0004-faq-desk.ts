import type { Migration, SqlWords } from './migration.ts';

/** What the FAQ desk remembers beside the revisions: its files, open conflicts, what the FAQ would have said, what was confirmed. */
export const faqDesk: Migration = {
  number: 4,
  name: 'faq-desk',
  statements: (words) => [...files(words), ...readings(words), ...learning(words)],
};

function files({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table faq_file (
      folder ${text} not null, entry_id ${text} not null, locale ${text} not null, path ${text} not null,
      content ${text} not null, revision ${integer} not null, at ${integer} not null, primary key (folder, entry_id, locale)
    ) ${strict}`,
    `create table faq_conflict (
      id ${text} primary key, entry_id ${text} not null, locale ${text} not null, path ${text} not null, kind ${text} not null,
      base_revision ${integer} not null, store_revision ${integer} not null, file_content ${text} not null, at ${integer} not null,
      resolved_at ${integer}, resolved_by ${text}, choice ${text}
    ) ${strict}`,
    'create unique index faq_conflict_open on faq_conflict (entry_id, locale) where resolved_at is null',
  ];
}

function readings({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table faq_reading (
      turn_id ${text} primary key references turn (id) on delete cascade,
      message_id ${text} not null references message (id) on delete cascade, conversation_id ${text} not null,
      locale ${text} not null, decision ${text} not null, entry_id ${text}, score_thousandths ${integer},
      cited ${text} not null, result_tier ${text}, was_down ${integer} not null, rating ${text}, at ${integer} not null
    ) ${strict}`,
    'create index faq_reading_time on faq_reading (at)',
    'create index faq_reading_of_message on faq_reading (message_id)',
    `create table faq_reading_day (
      day ${integer} not null, locale ${text} not null, questions ${integer} not null, answered ${integer} not null,
      offered ${integer} not null, asked_back ${integer} not null, abstained ${integer} not null, when_down ${integer} not null,
      comparable ${integer} not null, agreed ${integer} not null, primary key (day, locale)
    ) ${strict}`,
  ];
}

/** Texts are never copied here: with the conversation goes everything that was learned from it. */
function learning({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table faq_confirmed (
      message_id ${text} primary key references message (id) on delete cascade, entry_id ${text} not null, locale ${text} not null,
      origin ${text} not null, confirmed_by ${text} not null, at ${integer} not null
    ) ${strict}`,
    'create index faq_confirmed_of_entry on faq_confirmed (entry_id, at)',
    `create table faq_dismissed (
      message_id ${text} primary key references message (id) on delete cascade, dismissed_by ${text} not null, at ${integer} not null
    ) ${strict}`,
  ];
}
