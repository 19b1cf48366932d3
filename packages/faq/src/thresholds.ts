import type { FaqThresholds } from './types.ts';

/** Measured on public question sets, one set for all languages; see SPEC F7 and `npm run bench -- faq`. */
export const DEFAULT_THRESHOLDS: FaqThresholds = { matchAt: 0.35, answerAt: 0.6, offerAt: 0.2 };
