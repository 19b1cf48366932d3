/** What the calibration looks at; all of it is known without knowing the right answer. */
export interface Evidence {
  /** Score of the best entry, 0–1. */
  readonly best: number;
  /** Score of the second entry, 0–1. */
  readonly second: number;
  /** Share of the question's information that the FAQ knows at all, 0–1. */
  readonly knownShare: number;
}

const INTERCEPT = -2.6;
const BEST = 6;
const MARGIN = 5;
const KNOWN = 0.5;

/** Probability (0–1) that the best entry answers the question. */
export function confidenceOf(evidence: Evidence): number {
  const logit = INTERCEPT + BEST * evidence.best + MARGIN * (evidence.best - evidence.second) + KNOWN * evidence.knownShare;
  return 1 / (1 + Math.exp(-logit));
}
