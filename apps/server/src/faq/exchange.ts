import { diffEntries, exportEntries, type FaqEntry, importEntries } from '@stepdown/faq';
import type { FaqFormat, FaqImportResult } from '@stepdown/protocol';
import { RESERVED_FAQ_IDS } from '@stepdown/protocol';
import type { NewFaqRevision } from '@stepdown/store';
import { cleanContent } from './clean-content.ts';
import type { FaqDesk } from './desk.ts';
import { contentOf } from './desk-state.ts';
import { contentOfEntry, dated, entryOf } from './entry-content.ts';
import { readMarkdownFiles, splitMarkdownBundle, writeMarkdownBundle } from './markdown-bundle.ts';

export function exportFaq(format: FaqFormat, entries: readonly FaqEntry[]): string {
  return format === 'markdown' ? writeMarkdownBundle(entries) : exportEntries(format, entries);
}

export interface ImportCommand {
  readonly format: FaqFormat;
  readonly text: string | undefined;
  readonly files: readonly { readonly path: string; readonly text: string }[] | undefined;
  readonly isDryRun: boolean;
  readonly status: 'draft' | 'published';
  readonly author: string;
}

type Bad = FaqImportResult['bad'][number];
type Row = FaqImportResult['entries'][number];
interface Candidate {
  readonly row: Row;
  readonly entry: FaqEntry;
}

/** Compares a file with what is there and, unless it is a rehearsal, takes over the new and changed entries in one transaction. */
export async function importFaq(desk: FaqDesk, command: ImportCommand): Promise<FaqImportResult> {
  const { entries, bad } = readImport(command);
  const candidates = candidatesOf(desk, entries);
  const wanted = candidates.filter(({ row }) => row.kind !== 'unchanged');
  const problems = command.isDryRun || wanted.length === 0 ? [] : await takeOver(desk, wanted, command);
  const count = (kind: Row['kind']): number => candidates.filter(({ row }) => row.kind === kind).length;
  return {
    ok: true,
    format: command.format,
    isDryRun: command.isDryRun,
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged'), bad: bad.length },
    entries: candidates.map(({ row }) => row),
    bad,
    imported: command.isDryRun ? 0 : wanted.length - problems.length,
    problems,
  };
}

function readImport({ format, text = '', files }: ImportCommand): { readonly entries: readonly FaqEntry[]; readonly bad: readonly Bad[] } {
  const read = format === 'markdown' ? readMarkdownFiles(files ?? splitMarkdownBundle(text)) : importEntries(format, text);
  const bad = [...Map.groupBy<number, { row: number; reason: string; path?: string }>(read.problems, ({ row }) => row)].map(
    ([row, problems]) => ({ row, path: problems[0]?.path ?? null, reason: problems.map(({ reason }) => reason).join('; ') }),
  );
  const reserved = read.entries.filter(({ id }) => RESERVED_FAQ_IDS.includes(id));
  const refused = reserved.map(({ id }) => ({
    row: 0,
    path: null,
    reason: `id ${id} is a name the program needs itself; choose another one`,
  }));
  return {
    entries: read.entries.filter((entry) => !reserved.includes(entry)),
    bad: [...bad, ...refused].sort((first, second) => first.row - second.row),
  };
}

function candidatesOf(desk: FaqDesk, entries: readonly FaqEntry[]): Candidate[] {
  const cleaned = entries.map((entry) => {
    const { content, warnings } = cleanContent(contentOfEntry(entry));
    return { entry: entryOf({ entryId: entry.id, locale: entry.locale }, content), warnings };
  });
  const present = [...desk.state.entries.values()].flatMap(({ key, standing }) =>
    standing?.status === 'published' ? [entryOf(key, contentOf(standing))] : [],
  );
  const differences = diffEntries(
    present,
    cleaned.map(({ entry }) => entry),
  );
  return differences.map(({ kind, entry, fields }, index) => ({
    entry,
    row: {
      kind: kind === 'added' ? 'new' : kind === 'same' ? 'unchanged' : 'changed',
      id: entry.id,
      locale: entry.locale,
      question: entry.question,
      fields,
      warnings: cleaned[index]?.warnings ?? [],
    },
  }));
}

async function takeOver(desk: FaqDesk, wanted: readonly Candidate[], { status, author }: ImportCommand): Promise<string[]> {
  return desk.change(async (touch) => {
    const results = await desk.store.faqRevisions.appendAll(wanted.map(({ entry }) => importedRevision(desk, entry, { status, author })));
    return results.flatMap((result, index) => {
      const name = `${wanted[index]?.entry.locale}/${wanted[index]?.entry.id}`;
      if (result.kind === 'conflict') return [`${name} was changed by somebody else at this moment; import it again.`];
      const entry = desk.state.added(result.revision);
      if (status === 'published') touch(entry);
      return [];
    });
  });
}

function importedRevision(desk: FaqDesk, entry: FaqEntry, { status, author }: Pick<ImportCommand, 'status' | 'author'>): NewFaqRevision {
  const key = { entryId: entry.id, locale: entry.locale };
  const known = desk.state.find(key);
  const before = known?.standing && contentOf(known.standing);
  return {
    ...key,
    id: desk.newId('rev'),
    status,
    content: JSON.stringify(dated(contentOfEntry(entry), before, desk.clock.now())),
    author,
    at: desk.clock.now(),
    baseRevision: known?.latest?.revision ?? 0,
  };
}
