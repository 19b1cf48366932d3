export interface VisitorRow {
  id: string;
  token_hash: string;
  name: string | null;
  email: string | null;
  is_verified: 0 | 1;
  /** Another device of the person with this visitor id. */
  same_as: string | null;
  created_at: number;
  seen_at: number;
}

export interface VisitorIdentityRow {
  site: string;
  subject: string;
  visitor_id: string;
}
