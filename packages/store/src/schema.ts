import type { Author, ConversationState, Deferral, HandoffState, MessageStatus, Notice, TurnStatus } from '@stepdown/conversation';
import type { TierId } from '@stepdown/kernel';
import type { FaqConfirmedRow, FaqConflictRow, FaqDismissedRow, FaqFileRow, FaqReadingDayRow, FaqReadingRow } from './schema-faq.ts';
import type { CannedReplyRow, ConversationLabelRow, LabelRow, PickUpRow, RatingRow } from './schema-inbox.ts';
import type { VisitorIdentityRow, VisitorRow } from './schema-visitors.ts';
import type { AgentRole, AlertSeverity, FaqRevisionStatus, IncidentState, JobState } from './types.ts';

/** The tables as both engines return them. The store is their only writer, so unions are kept by what it writes. */
export interface Schema {
  conversation: ConversationRow;
  message: MessageRow;
  turn: TurnRow;
  note: NoteRow;
  search_word: SearchWordRow;
  visitor: VisitorRow;
  visitor_identity: VisitorIdentityRow;
  agent: AgentRow;
  agent_session: AgentSessionRow;
  one_time_link: OneTimeLinkRow;
  sign_in_attempt: SignInAttemptRow;
  audit: AuditRow;
  tier_change: TierChangeRow;
  ladder_state: LadderStateRow;
  health_bucket: HealthBucketRow;
  forced_tier: ForcedTierRow;
  job: JobRow;
  cache_entry: CacheEntryRow;
  cache_source: CacheSourceRow;
  faq_revision: FaqRevisionRow;
  faq_file: FaqFileRow;
  faq_conflict: FaqConflictRow;
  faq_reading: FaqReadingRow;
  faq_reading_day: FaqReadingDayRow;
  faq_confirmed: FaqConfirmedRow;
  faq_dismissed: FaqDismissedRow;
  incident: IncidentRow;
  alert: AlertRow;
  label: LabelRow;
  conversation_label: ConversationLabelRow;
  canned_reply: CannedReplyRow;
  rating: RatingRow;
  pick_up: PickUpRow;
}

/** SQLite has no booleans. */
type Flag = 0 | 1;

export interface ConversationRow {
  id: string;
  visitor_id: string;
  site: string;
  locale: string;
  state: ConversationState;
  epoch: number;
  last_seq: number;
  last_change: number;
  sticky_tier: TierId | null;
  handoff: HandoffState;
  agent_id: string | null;
  email: string | null;
  waiting_since: number | null;
  page_url: string | null;
  page_title: string | null;
  created_at: number;
  updated_at: number;
  snoozed_until: number | null;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  seq: number;
  rev: number;
  author: Author;
  agent_id: string | null;
  author_name: string | null;
  tier: TierId | null;
  model: string | null;
  text: string;
  status: MessageStatus;
  sources: string;
  choices: string;
  notice: Notice | null;
  checked_at: number | null;
  saved_at: number | null;
  deferral: Deferral | null;
  rating: 'up' | 'down' | null;
  rating_comment: string | null;
  client_message_id: string | null;
  /** Set with a visitor's own `client_message_id`: it is unique over all conversations of the visitor. */
  visitor_id: string | null;
  created_change: number;
  change: number;
  created_at: number;
}

export interface TurnRow {
  id: string;
  conversation_id: string;
  question_message_id: string;
  answer_message_id: string | null;
  epoch: number;
  status: TurnStatus;
  lease_owner: string;
  lease_until: number;
  takeovers: number;
  cause: string;
  result_tier: TierId | null;
  attempts: string;
  started_at: number;
  ended_at: number | null;
}

export interface NoteRow {
  id: string;
  conversation_id: string;
  agent_id: string;
  author_name: string;
  text: string;
  created_at: number;
  /** JSON list of agent ids. */
  mentions: string;
  client_id: string | null;
}

/** `subject_id` is a conversation, or a visitor whose name and e-mail are meant. */
interface SearchWordRow {
  subject_id: string;
  word: string;
}

export interface AgentRow {
  id: string;
  email: string;
  name: string;
  role: AgentRole;
  is_disabled: Flag;
  password_hash: string | null;
  created_at: number;
  updated_at: number;
  is_away: Flag;
  capacity: number | null;
}

export interface AgentSessionRow {
  token_hash: string;
  agent_id: string;
  csrf_hash: string | null;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

export interface OneTimeLinkRow {
  token_hash: string;
  kind: 'set-up' | 'invitation';
  email: string | null;
  role: AgentRole;
  created_at: number;
  expires_at: number;
  consumed_at: number | null;
}

interface SignInAttemptRow {
  key: string;
  at: number;
  is_ok: Flag;
}

interface AuditRow {
  id: string;
  at: number;
  actor_id: string;
  actor_name: string;
  action: string;
  subject: string;
  detail: string;
}

export interface TierChangeRow {
  id: string;
  from_tier: TierId;
  to_tier: TierId;
  cause: string;
  signal: string | null;
  at: number;
  affected_conversations: number;
  is_drill: Flag;
}

interface LadderStateRow {
  id: 1;
  json: string;
  at: number;
}

export interface HealthBucketRow {
  route_id: string;
  minute: number;
  samples: number;
  failures: number;
  first_text_p50_ms: number | null;
  first_text_p95_ms: number | null;
}

interface ForcedTierRow {
  id: 1;
  tier: TierId;
  reason: string;
  set_by: string;
  set_at: number;
  expires_at: number;
}

export interface JobRow {
  id: string;
  kind: string;
  dedupe_key: string;
  payload: string;
  state: JobState;
  run_at: number;
  attempts: number;
  lease_owner: string | null;
  lease_until: number | null;
  last_error: string | null;
  conversation_id: string | null;
  created_at: number;
  ended_at: number | null;
}

export interface CacheEntryRow {
  fingerprint: string;
  locale: string;
  question: string;
  normalized: string;
  answer: string;
  source_ids: string;
  tier: TierId;
  model: string | null;
  created_at: number;
  expires_at: number;
  faq_revision: string;
  conversation_id: string | null;
}

interface CacheSourceRow {
  fingerprint: string;
  entry_id: string;
}

export interface FaqRevisionRow {
  id: string;
  entry_id: string;
  locale: string;
  revision: number;
  status: FaqRevisionStatus;
  content: string;
  author: string;
  at: number;
  base_revision: number;
}

export interface IncidentRow {
  id: string;
  state: IncidentState;
  title: string;
  cause: string;
  started_at: number;
  updated_at: number;
  resolved_at: number | null;
  is_drill: Flag;
}

export interface AlertRow {
  id: string;
  code: string;
  /** Empty: of no route. Not null, so that one open alert per code and route can be a unique index. */
  route_id: string;
  detail: string;
  severity: AlertSeverity;
  created_at: number;
  acknowledged_by: string | null;
  acknowledged_at: number | null;
  resolved_at: number | null;
}
