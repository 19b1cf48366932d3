import type { TierId } from '@stepdown/kernel';
import type { FaqConfirmationOrigin, FaqConflictKind, FaqReadingDecision } from './types-faq.ts';

export interface FaqFileRow {
  folder: string;
  entry_id: string;
  locale: string;
  path: string;
  content: string;
  revision: number;
  at: number;
}

export interface FaqConflictRow {
  id: string;
  entry_id: string;
  locale: string;
  path: string;
  kind: FaqConflictKind;
  base_revision: number;
  store_revision: number;
  file_content: string;
  at: number;
  resolved_at: number | null;
  resolved_by: string | null;
  choice: string | null;
}

export interface FaqReadingRow {
  turn_id: string;
  message_id: string;
  conversation_id: string;
  locale: string;
  decision: FaqReadingDecision;
  entry_id: string | null;
  score_thousandths: number | null;
  cited: string;
  result_tier: TierId | null;
  was_down: 0 | 1;
  rating: 'up' | 'down' | null;
  at: number;
}

export interface FaqReadingDayRow {
  day: number;
  locale: string;
  questions: number;
  answered: number;
  offered: number;
  asked_back: number;
  abstained: number;
  when_down: number;
  comparable: number;
  agreed: number;
}

export interface FaqConfirmedRow {
  message_id: string;
  entry_id: string;
  locale: string;
  origin: FaqConfirmationOrigin;
  confirmed_by: string;
  at: number;
}

export interface FaqDismissedRow {
  message_id: string;
  dismissed_by: string;
  at: number;
}
