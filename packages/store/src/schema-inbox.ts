/** What the team works with beside conversations. */
export interface LabelRow {
  id: string;
  name: string;
  /** The name without case: unique. */
  name_key: string;
  colour: string;
  created_at: number;
}

export interface ConversationLabelRow {
  label_id: string;
  conversation_id: string;
}

export interface CannedReplyRow {
  id: string;
  shortcut: string;
  /** Empty: for every language. */
  locale: string;
  text: string;
  updated_by: string;
  updated_at: number;
}

export interface RatingRow {
  id: string;
  conversation_id: string;
  agent_id: string;
  agent_name: string;
  asked_at: number;
  score: number | null;
  comment: string | null;
  rated_at: number | null;
}

export interface PickUpRow {
  id: string;
  conversation_id: string;
  agent_id: string;
  waited_ms: number;
  at: number;
}
