/** What the FAQ routes of the server answer with. */
export interface FaqEntryView {
  readonly id: string;
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
  readonly locale: string;
  readonly tags?: readonly string[];
  readonly updated?: string;
}

export interface FaqProblemView {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  readonly remedy: string;
  /** `error`: the file is not used. `warning`: it is used, but somebody should look. */
  readonly severity: 'error' | 'warning';
}

export interface FaqAnswer {
  readonly entries: readonly FaqEntryView[];
  readonly problems: readonly FaqProblemView[];
}

export interface FaqWhy {
  readonly phrasing: string;
  readonly matchedWords: readonly string[];
  readonly unknownWords: readonly string[];
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  readonly isOpposite: boolean;
}

export interface FaqTestAnswer {
  readonly decision: 'answer' | 'choices' | 'ask-back' | 'abstain';
  readonly ranking: readonly { readonly id: string; readonly question: string; readonly score: number; readonly why: FaqWhy }[];
  readonly thresholds: { readonly answerAt: number; readonly offerAt: number };
}
