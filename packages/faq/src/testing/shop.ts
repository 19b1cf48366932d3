import type { FaqEntry } from '../types.ts';

/** A small FAQ for tests. */
export function entry(id: string, question: string, variants: readonly string[] = [], locale = 'en'): FaqEntry {
  return { id, question, variants, answer: `Answer of ${id}.`, locale };
}

export const SHOP: readonly FaqEntry[] = [
  entry('returns', 'How do I return an item?', ['send something back', 'I want to give it back']),
  entry('refund-time', 'When do I get my refund?', ['how long until the money is back', 'refund not here yet']),
  entry('tracking', 'Where is my parcel?', ['track my order', 'delivery status']),
  entry('cancel-order', 'How do I cancel my order?', ['I ordered by mistake, stop it']),
  entry('two-step-on', 'How do I turn on two-step login?', ['enable the second factor']),
  entry('two-step-off', 'How do I turn off two-step login?', ['disable the second factor']),
  entry('with-receipt', 'Can I return something with a receipt?', ['I have the receipt, how does the return work']),
  entry('without-receipt', 'Can I return something without a receipt?', ['I lost the receipt, how does the return work']),
  entry('stores', 'When are your stores open?', ['opening hours', 'are you open on Saturday']),
];
