import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ENTRIES = [
  {
    id: 'repair-tent',
    question: 'Do you repair tents?',
    variant: 'mend a torn tent',
    answer: 'Yes. Send us the tent **clean and dry**, and we mend it within two weeks. A patch costs 15 euros.',
  },
  {
    id: 'repair-stove',
    question: 'Do you repair stoves?',
    variant: 'fix a broken stove',
    answer: 'Yes. Take the gas cartridge off first.',
  },
  { id: 'repair-jacket', question: 'Do you repair jackets?', variant: 'fix a broken zip on a jacket', answer: 'Yes, zips too.' },
];

/** Questions to a workshop's small FAQ, by what it makes of them. */
export const REPAIR_QUESTIONS = {
  answered: 'Do you repair tents?',
  ambiguous: 'Do you repair things?',
  unknown: 'What is the capital of Mongolia?',
} as const;

/** A folder with the FAQ of a workshop: small, so that an edit of the shop's FAQ does not change what a test sees. */
export function repairFaq(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-faq-'));
  mkdirSync(path.join(folder, 'en'));
  for (const { id, question, variant, answer } of ENTRIES) {
    const head = `---\nid: ${id}\nquestion: ${question}\nvariants:\n  - ${variant}\ntags: [repair]\nupdated: 2026-03-02\n---\n`;
    writeFileSync(path.join(folder, 'en', `${id}.md`), `${head}${answer}\n`);
  }
  return folder;
}
