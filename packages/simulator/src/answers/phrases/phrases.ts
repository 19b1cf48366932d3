import type { ProviderId } from '../../providers.ts';

/** What one provider says in one language. No phrase of one provider begins a phrase of another. */
export interface Voice {
  /** Sentences that begin a grounded answer. */
  readonly openings: readonly [string, string];
  readonly noMatch: string;
  readonly greeting: string;
  readonly thanks: string;
  /** Answer to a wish for a person. */
  readonly person: string;
}

export type Phrases = { readonly [provider in ProviderId]: Voice };
