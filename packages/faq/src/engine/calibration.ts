/** What the calibration looks at; all of it is known without knowing the right answer. */
export interface Evidence {
  /** Share of the vote of the entry. */
  readonly vote: number;
  /** Share of its best rival. */
  readonly rivalVote: number;
}

/** Logistic regression over the public question sets, each set weighing the same; `npm run bench -- faq --calibrate` fits it again. */
const INTERCEPT = 1.4;
const LOG_VOTE = 1.3;
const MARGIN = 5.6;
/** Keeps the logarithm finite for an entry nobody votes for. */
const FLOOR = 0.02;

/** Probability (0–1) that the entry answers the question. */
export function confidenceOf({ vote, rivalVote }: Evidence): number {
  const logit = INTERCEPT + LOG_VOTE * Math.log(Math.max(0, vote) + FLOOR) + MARGIN * (vote - rivalVote);
  return 1 / (1 + Math.exp(-logit));
}
