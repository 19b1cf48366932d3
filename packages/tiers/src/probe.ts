import type { AnswerRequest } from '@stepdown/kernel';
import type { Prompt } from './prompt/build-prompt.ts';

/** Room for a model that thinks before it says one word; one that does not stops after that word. */
export const PROBE_OUTPUT_TOKENS = 256;

/** A probe is a real streamed answer, as small as possible, and holds nothing of any visitor. */
export const PROBE_PROMPT: Prompt = {
  system: 'You are a health check.',
  rules: 'You are a health check.',
  knowledge: '',
  messages: [{ role: 'user', content: 'Reply with the single word: ok' }],
};

export const PROBE_VISITOR_HASH: AnswerRequest['visitorHash'] = 'probe';
