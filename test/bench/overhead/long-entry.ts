import { buildPrompt } from '@stepdown/tiers';
import { ENTRY_ANSWER, ENTRY_ID, QUESTION } from '../failover/prompt.ts';

/** Three very long sentences: an answer of several hundred tokens, so that what a token costs outweighs what a turn costs. */
export const LONG_ANSWER: string = Array.from({ length: 3 }, () =>
  ENTRY_ANSWER.replaceAll('. ', ', and then ').repeat(4).replaceAll('trip.', 'trip and '),
).join('the end. ');

export const LONG_PROMPT = buildPrompt({
  question: QUESTION,
  locale: 'en',
  history: [],
  grounding: [{ id: ENTRY_ID, question: QUESTION, answer: LONG_ANSWER }],
  visitorHash: 'bench',
});
