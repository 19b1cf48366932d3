import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadFaqFolder } from '../entries/folder.ts';
import { pathOfEntry, serializeEntry } from '../entries/serialize-entry.ts';
import { diffEntries, type EntryDifference, type ExchangeFormat, exportEntries, importEntries } from '../exchange/exchange.ts';
import type { FaqEntry } from '../types.ts';
import { type Command, EXIT } from './options.ts';

/** Prints all entries; redirect into a file. */
export const exportCommand: Command = async (_args, { dir, locale, format }, print) => {
  const { entries } = await loadFaqFolder(dir);
  print(
    exportEntries(
      format ?? 'json',
      entries.filter((entry) => locale === undefined || entry.locale === locale),
    ).trimEnd(),
  );
  return EXIT.fine;
};

/** Writes entries of a file into the folder; with problems in the file nothing is written. */
export const importCommand: Command = async ([file], { dir, format, isDryRun }, print) => {
  if (file === undefined) {
    print('import needs a file: npm run faq -- import entries.csv --dry-run');
    return EXIT.usage;
  }
  const { entries: incoming, problems } = importEntries(format ?? formatOf(file), await readFile(file, 'utf8'));
  for (const { row, reason } of problems) print(`error  ${file}:${row}: ${reason}`);
  const present = await loadFaqFolder(dir).then(
    ({ entries }) => entries,
    (): FaqEntry[] => [],
  );
  const differences = diffEntries(present, incoming);
  for (const line of differences.flatMap((difference) => describe(difference, present))) print(line);
  const count = (kind: EntryDifference['kind']): number => differences.filter((difference) => difference.kind === kind).length;
  print(`${count('added')} added, ${count('changed')} changed, ${count('same')} equal${isDryRun ? ' (dry run: nothing written)' : ''}`);
  if (problems.length > 0) {
    print('nothing written: correct the rows above first');
    return EXIT.problem;
  }
  if (!isDryRun) for (const { kind, entry } of differences) if (kind !== 'same') await write(dir, entry);
  return EXIT.fine;
};

function formatOf(file: string): ExchangeFormat {
  return file.toLowerCase().endsWith('.csv') ? 'csv' : 'json';
}

async function write(dir: string, entry: FaqEntry): Promise<void> {
  const path = join(dir, pathOfEntry(entry));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, serializeEntry(entry));
}

function describe({ kind, entry, fields }: EntryDifference, present: readonly FaqEntry[]): string[] {
  if (kind === 'same') return [];
  if (kind === 'added') return [`+ ${pathOfEntry(entry)}  ${entry.question}`];
  const old = present.find((one) => one.id === entry.id && one.locale.toLowerCase() === entry.locale.toLowerCase());
  const value = (one: FaqEntry | undefined, field: string): string =>
    JSON.stringify(Object.entries(one ?? {}).find(([name]) => name === field)?.[1] ?? null);
  return [
    `~ ${pathOfEntry(entry)}`,
    ...fields.flatMap((field) => [`  - ${field}: ${value(old, field)}`, `  + ${field}: ${value(entry, field)}`]),
  ];
}
