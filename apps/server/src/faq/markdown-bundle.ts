import { type FaqEntry, parseEntry, serializeEntry } from '@stepdown/faq';
import { pathOfKey } from './entry-content.ts';

/** Several entry files in one text, each under a line that names it. */
const FILE_LINE = /^<!--\s*file:\s*(\S+)\s*-->[ \t]*$/gm;

export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

export interface MarkdownProblem {
  /** Position of the file, from 1. */
  readonly row: number;
  readonly path: string;
  readonly reason: string;
}

export function writeMarkdownBundle(entries: readonly FaqEntry[]): string {
  return entries
    .map((entry) => `<!-- file: ${pathOfKey({ entryId: entry.id, locale: entry.locale })} -->\n${serializeEntry(entry)}`)
    .join('\n');
}

/** Files of a bundle; a text without file lines is one file of unknown locale and named so. */
export function splitMarkdownBundle(text: string): MarkdownFile[] {
  const lines = [...text.replaceAll('\r\n', '\n').matchAll(FILE_LINE)];
  if (lines.length === 0) return [{ path: 'text', text }];
  return lines.map((line, index) => ({
    path: line[1] ?? '',
    text: text
      .replaceAll('\r\n', '\n')
      .slice(line.index + line[0].length, lines[index + 1]?.index)
      .replace(/^\n/, ''),
  }));
}

/** Reads entry files; what is wrong is named, never thrown. Two files of one entry: the first counts. */
export function readMarkdownFiles(files: readonly MarkdownFile[]): { readonly entries: FaqEntry[]; readonly problems: MarkdownProblem[] } {
  const entries: FaqEntry[] = [];
  const problems: MarkdownProblem[] = [];
  const seen = new Map<string, string>();
  for (const [index, { path, text }] of files.entries()) {
    const parsed = parseEntry(text, path);
    if (!parsed.ok) {
      const reason = parsed.error.map((problem) => `line ${problem.line}: ${problem.reason} (${problem.remedy})`).join('; ');
      problems.push({ row: index + 1, path, reason });
      continue;
    }
    const name = `${parsed.value.locale.toLowerCase()}/${parsed.value.id}`;
    const first = seen.get(name);
    if (first === undefined) entries.push(parsed.value);
    else
      problems.push({ row: index + 1, path, reason: `id ${parsed.value.id} is already used by ${first} (give one of the two another id)` });
    seen.set(name, first ?? path);
  }
  return { entries, problems };
}
