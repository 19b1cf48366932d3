import { buildPrompt, type Prompt } from '@stepdown/tiers';

export const CLAUDE_MODEL = 'claude-haiku-5-5';
export const GPT_MODEL = 'gpt-5.4-mini';
export const KEY = 'sim-bench';
export const MAX_TOKENS = 2_048;

export const QUESTION = 'How do I seal a seam of my tent?';
export const ENTRY_ID = 'seam-sealing';

/** Long enough for an answer of sixty tokens; the simulator takes three sentences of it. */
export const ENTRY_ANSWER: string = [
  'Clean the seam with a damp cloth, let it dry in the shade, and draw a thin line of sealer along the thread from the inside, pressing it into the stitches with the small brush of the set until no hole is left open.',
  'Wipe off what is too much with a dry cloth, wait at least six hours before you fold the tent, and keep it away from sand and grass in the meantime, because whatever touches the fresh sealer stays in it.',
  'Do all of it once more on every corner where three seams meet, because that is where water finds its way first, and test the result with a watering can before you take the tent on a trip.',
].join(' ');

/** What every subject sends: the product's own prompt with the one entry that answers the question. */
export const PROMPT: Prompt = buildPrompt({
  question: QUESTION,
  locale: 'en',
  history: [],
  grounding: [{ id: ENTRY_ID, question: QUESTION, answer: ENTRY_ANSWER }],
  visitorHash: 'bench',
});

/** The line that names sources is for the product, not for the reader. */
export function readable(text: string): string {
  return text.replace(/\s*Sources?:?[^\n]*$/, '').trim();
}
