export type GptEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Reasoning models of the GPT-5 and GPT-6 families. Their "pro" and "chat" variants take other values or none. */
const TAKES_EFFORT = /^gpt-[5-9](?![^-.\d])(?!.*(?:pro|chat))/;

/**
 * Low is the smallest effort that every GPT-5 and later reasoning model takes (their default is mostly medium).
 * It keeps the first words inside the first-text deadline of a chat.
 */
export function defaultGptEffort(model: string): GptEffort | null {
  return TAKES_EFFORT.test(model) ? 'low' : null;
}
