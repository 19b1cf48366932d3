import type { Migration, SqlWords } from './migration.ts';

/** Everything around the conversations: people, jobs, saved answers, the FAQ, and what the ladder remembers. */
export const houseTables: Migration = {
  number: 2,
  name: 'house',
  statements: (words) => [...people(words), ...signIn(words), ...job(words), ...content(words), ...ladder(words), ...operations(words)],
};

function people({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table visitor (
      id ${text} primary key, token_hash ${text} not null unique, name ${text}, email ${text}, is_verified ${integer} not null,
      created_at ${integer} not null, seen_at ${integer} not null
    ) ${strict}`,
    `create table agent (
      id ${text} primary key, email ${text} not null unique, name ${text} not null, role ${text} not null,
      is_disabled ${integer} not null, password_hash ${text}, created_at ${integer} not null, updated_at ${integer} not null
    ) ${strict}`,
    `create table audit (
      id ${text} primary key, at ${integer} not null, actor_id ${text} not null, actor_name ${text} not null,
      action ${text} not null, subject ${text} not null, detail ${text} not null
    ) ${strict}`,
  ];
}

function signIn({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table agent_session (
      token_hash ${text} primary key, agent_id ${text} not null references agent (id) on delete cascade, csrf_hash ${text},
      created_at ${integer} not null, last_seen_at ${integer} not null, expires_at ${integer} not null
    ) ${strict}`,
    'create index agent_session_of_agent on agent_session (agent_id)',
    'create index agent_session_expiry on agent_session (expires_at)',
    `create table one_time_link (
      token_hash ${text} primary key, kind ${text} not null, email ${text}, role ${text} not null,
      created_at ${integer} not null, expires_at ${integer} not null, consumed_at ${integer}
    ) ${strict}`,
    `create table sign_in_attempt (key ${text} not null, at ${integer} not null, is_ok ${integer} not null) ${strict}`,
    'create index sign_in_attempt_of_key on sign_in_attempt (key, at)',
    'create index sign_in_attempt_time on sign_in_attempt (at)',
  ];
}

function job({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table job (
      id ${text} primary key, kind ${text} not null, dedupe_key ${text} not null, payload ${text} not null, state ${text} not null,
      run_at ${integer} not null, attempts ${integer} not null, lease_owner ${text}, lease_until ${integer}, last_error ${text},
      conversation_id ${text}, created_at ${integer} not null, ended_at ${integer}
    ) ${strict}`,
    `create unique index job_dedupe on job (dedupe_key) where state <> 'cancelled'`,
    `create index job_due on job (run_at, id) where state = 'waiting'`,
    `create index job_lease on job (lease_until) where state = 'running'`,
    'create index job_by_time on job (run_at, id)',
    'create index job_ended on job (ended_at) where ended_at is not null',
    'create index job_of_conversation on job (conversation_id) where conversation_id is not null',
  ];
}

function content({ integer, text, strict, strictKeyOnly }: SqlWords): readonly string[] {
  return [
    `create table cache_entry (
      fingerprint ${text} primary key, locale ${text} not null, question ${text} not null, normalized ${text} not null,
      answer ${text} not null, source_ids ${text} not null, tier ${text} not null, model ${text},
      created_at ${integer} not null, expires_at ${integer} not null, faq_revision ${text} not null, conversation_id ${text}
    ) ${strict}`,
    'create index cache_entry_by_locale on cache_entry (locale, created_at)',
    'create index cache_entry_expiry on cache_entry (expires_at)',
    'create index cache_entry_of_conversation on cache_entry (conversation_id) where conversation_id is not null',
    `create table cache_source (
      entry_id ${text} not null, fingerprint ${text} not null references cache_entry (fingerprint) on delete cascade,
      primary key (entry_id, fingerprint)
    ) ${strictKeyOnly}`,
    'create index cache_source_of_entry on cache_source (fingerprint)',
    `create table faq_revision (
      id ${text} primary key, entry_id ${text} not null, locale ${text} not null, revision ${integer} not null,
      status ${text} not null, content ${text} not null, author ${text} not null, at ${integer} not null,
      base_revision ${integer} not null, unique (entry_id, locale, revision)
    ) ${strict}`,
  ];
}

function ladder({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table tier_change (
      id ${text} primary key, from_tier ${text} not null, to_tier ${text} not null, cause ${text} not null, signal ${text},
      at ${integer} not null, affected_conversations ${integer} not null, is_drill ${integer} not null
    ) ${strict}`,
    'create index tier_change_time on tier_change (at, id)',
    `create table ladder_state (id ${integer} primary key check (id = 1), json ${text} not null, at ${integer} not null) ${strict}`,
    `create table forced_tier (
      id ${integer} primary key check (id = 1), tier ${text} not null, reason ${text} not null, set_by ${text} not null,
      set_at ${integer} not null, expires_at ${integer} not null
    ) ${strict}`,
    `create table health_bucket (
      route_id ${text} not null, minute ${integer} not null, samples ${integer} not null, failures ${integer} not null,
      first_text_p50_ms ${integer}, first_text_p95_ms ${integer}, primary key (route_id, minute)
    ) ${strict}`,
    'create index health_bucket_time on health_bucket (minute, route_id)',
  ];
}

function operations({ integer, text, strict }: SqlWords): readonly string[] {
  return [
    `create table incident (
      id ${text} primary key, state ${text} not null, title ${text} not null, cause ${text} not null,
      started_at ${integer} not null, updated_at ${integer} not null, resolved_at ${integer}, is_drill ${integer} not null
    ) ${strict}`,
    'create unique index incident_current on incident (is_drill) where resolved_at is null',
    'create index incident_time on incident (started_at)',
    `create table alert (
      id ${text} primary key, code ${text} not null, route_id ${text} not null, detail ${text} not null, severity ${text} not null,
      created_at ${integer} not null, acknowledged_by ${text}, acknowledged_at ${integer}, resolved_at ${integer}
    ) ${strict}`,
    'create unique index alert_open on alert (code, route_id) where resolved_at is null',
    'create index alert_time on alert (created_at)',
  ];
}
