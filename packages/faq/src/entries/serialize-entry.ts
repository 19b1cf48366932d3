import { stringify } from 'yaml';
import type { FaqEntry } from '../types.ts';

/** Markdown file of an entry; `parseEntry` reads it back unchanged. The locale is not in the text: it is the folder. */
export function serializeEntry(entry: FaqEntry): string {
  const matter = {
    id: entry.id,
    question: entry.question,
    variants: entry.variants,
    ...(entry.tags === undefined ? {} : { tags: entry.tags }),
    ...(entry.updated === undefined ? {} : { updated: entry.updated }),
    ...(entry.expires === undefined ? {} : { expires: entry.expires }),
  };
  return `---\n${stringify(matter, { lineWidth: 0 })}---\n${entry.answer.trim()}\n`;
}

/** Path of an entry below the FAQ folder. */
export function pathOfEntry(entry: FaqEntry): string {
  return `${entry.locale}/${entry.id}.md`;
}
