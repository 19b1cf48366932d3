import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const faq = z.object({ id: z.string(), question: z.string(), variants: z.array(z.string()), answer: z.string(), lang: z.string() });
const query = z.object({ text: z.string(), expected: z.string().nullable(), kind: z.string(), sub: z.string().optional() });
const questionSet = z.object({ name: z.string(), lang: z.string(), faqs: z.array(faq), queries: z.array(query) });

export type Query = z.infer<typeof query>;
export type QuestionSet = z.infer<typeof questionSet>;

/** All question sets of a folder, by file name; the built-in sample when the folder does not exist. */
export function loadSets(dir: string): QuestionSet[] {
  if (!existsSync(dir)) return [SAMPLE];
  const files = readdirSync(dir).filter((file) => file.endsWith('.json') && !file.startsWith('_'));
  return files.sort().map((file) => questionSet.parse(JSON.parse(readFileSync(join(dir, file), 'utf8'))));
}

const entry = (id: string, question: string, ...variants: string[]) => ({ id, question, variants, answer: id, lang: 'en' });
const ask = (text: string, expected: string | null, kind = expected === null ? 'out-of-scope' : 'paraphrase') => ({ text, expected, kind });

/** Enough to see that everything runs; no number from it means anything. */
const SAMPLE: QuestionSet = {
  name: 'built-in-sample',
  lang: 'en',
  faqs: [
    entry('returns', 'How do I return an item?', 'send something back', 'return label'),
    entry('refund', 'When do I get my money back?', 'refund not here yet', 'how long do refunds take'),
    entry('tracking', 'Where is my parcel?', 'track my order', 'delivery status'),
    entry('cancel', 'Can I cancel my order?', 'stop an order', 'I ordered by mistake'),
    entry('password', 'How do I reset my password?', 'forgot my login', 'password link'),
    entry('stores', 'When are your shops open?', 'opening hours', 'store times on Saturday'),
  ],
  queries: [
    ask('i want to send this back', 'returns'),
    ask('how long until the refund arrives', 'refund'),
    ask('wheres my pacel', 'tracking', 'typo'),
    ask('cancell my ordr please', 'cancel', 'typo'),
    ask('new password', 'password', 'short'),
    ask('are you open on saturdays', 'stores'),
    ask('what is the capital of france', null),
    ask('tell me a joke', null),
    ask('asdf qwer', null),
  ],
};
