export type ClaudeEffort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Models that take `output_config.effort`: 4.6 and newer. Older ones, and names we don't know, answer it with a 400. */
const TAKES_EFFORT = /^claude-(?:fable|mythos|opus|sonnet|haiku)-(?:4-[6-9]|[5-9])(?!\d)/;

/**
 * These models think before they write, and most can't be told not to. Low effort keeps the first words inside the
 * first-text deadline of a chat; the entries of the FAQ, not thought, make the answer.
 */
export function defaultClaudeEffort(model: string): ClaudeEffort | null {
  return TAKES_EFFORT.test(model) ? 'low' : null;
}
