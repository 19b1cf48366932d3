import type { FaqThresholds } from './types.ts';

/** Measured on public question sets, one pair for all languages; see SPEC F7 and `npm run bench -- faq`. */
export const DEFAULT_THRESHOLDS: FaqThresholds = { answerAt: 0.5, offerAt: 0.25 };
