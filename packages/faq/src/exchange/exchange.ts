import { reasonsOf } from '../entries/parse-entry.ts';
import { entryRecord } from '../entries/schema.ts';
import type { FaqEntry } from '../types.ts';
import { parseCsv, writeCsv } from './csv.ts';

export type ExchangeFormat = 'csv' | 'json';

export interface ImportProblem {
  /** CSV: 1-based line. JSON: 1-based position in the list. */
  readonly row: number;
  readonly reason: string;
}

export interface FaqImport {
  readonly entries: readonly FaqEntry[];
  readonly problems: readonly ImportProblem[];
}

const COLUMNS = ['locale', 'id', 'question', 'variants', 'tags', 'updated', 'expires', 'answer'] as const;

/** Entries as one text. JSON is a list of entries; CSV has one line per entry, with variants and tags as lines inside their cell. */
export function exportEntries(format: ExchangeFormat, entries: readonly FaqEntry[]): string {
  if (format === 'json') return `${JSON.stringify(entries, null, 2)}\n`;
  return writeCsv([COLUMNS, ...entries.map(toCells)]);
}

function toCells(entry: FaqEntry): string[] {
  return [
    entry.locale,
    entry.id,
    entry.question,
    entry.variants.join('\n'),
    (entry.tags ?? []).join('\n'),
    entry.updated ?? '',
    entry.expires ?? '',
    entry.answer,
  ];
}

/** Reads what `exportEntries` or a person wrote. Never throws; rows with problems are named and left out. */
export function importEntries(format: ExchangeFormat, text: string): FaqImport {
  const { records, problems } = format === 'json' ? jsonRecords(text) : csvRecords(text);
  const entries: FaqEntry[] = [];
  const found: ImportProblem[] = [...problems];
  const seen = new Map<string, number>();
  for (const { row, value } of records) {
    const parsed = entryRecord.safeParse(value);
    if (!parsed.success) {
      found.push(...reasonsOf(parsed.error).map(({ reason, remedy }) => ({ row, reason: `${reason} (${remedy})` })));
      continue;
    }
    const key = `${parsed.data.locale.toLowerCase()}/${parsed.data.id}`;
    const first = seen.get(key);
    if (first === undefined) entries.push(parsed.data);
    else found.push({ row, reason: `id ${parsed.data.id} is already used in row ${first} (give one of the two another id)` });
    seen.set(key, first ?? row);
  }
  return { entries, problems: found };
}

interface RawRecords {
  readonly records: readonly { readonly row: number; readonly value: unknown }[];
  readonly problems: readonly ImportProblem[];
}

function jsonRecords(text: string): RawRecords {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return { records: list.map((value: unknown, position) => ({ row: position + 1, value })), problems: [] };
    return { records: [], problems: [{ row: 1, reason: 'the file holds no list (write [ … ] around the entries)' }] };
  } catch (cause) {
    return {
      records: [],
      problems: [{ row: 1, reason: `the file is no JSON: ${cause instanceof Error ? cause.message : String(cause)}` }],
    };
  }
}

function csvRecords(text: string): RawRecords {
  const { rows, brokenLine } = parseCsv(text);
  const [header, ...body] = rows;
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const missing = ['locale', 'id', 'question', 'answer'].filter((name) => !names.includes(name));
  if (missing.length > 0) return { records: [], problems: [{ row: 1, reason: `the first line lacks the columns ${missing.join(', ')}` }] };
  const broken =
    brokenLine === undefined ? [] : [{ row: brokenLine, reason: 'a quote is opened and not closed (double the quotes inside a cell)' }];
  return { records: body.map(({ line, cells }) => ({ row: line, value: toRecord(names, cells) })), problems: broken };
}

function toRecord(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [position, name] of names.entries()) {
    const cell = cells[position] ?? '';
    const isList = name === 'variants' || name === 'tags';
    if (isList) {
      const items = cell
        .split(/\r\n|\n|\r/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
      if (items.length > 0 || name === 'variants') record[name] = items;
    } else if (cell !== '') record[name] = cell;
  }
  return record;
}

export interface EntryDifference {
  readonly kind: 'added' | 'changed' | 'same';
  readonly entry: FaqEntry;
  /** Fields that differ, for `changed`. */
  readonly fields: readonly string[];
}

/** What an import would do to the present entries. Entries that the import does not name stay as they are. */
export function diffEntries(present: readonly FaqEntry[], incoming: readonly FaqEntry[]): EntryDifference[] {
  const keyOf = (entry: FaqEntry): string => `${entry.locale.toLowerCase()}/${entry.id}`;
  const before = new Map(present.map((entry) => [keyOf(entry), entry]));
  return incoming.map((entry) => {
    const old = before.get(keyOf(entry));
    if (old === undefined) return { kind: 'added', entry, fields: [] };
    const fields = COLUMNS.filter((field) => JSON.stringify(old[field] ?? null) !== JSON.stringify(entry[field] ?? null));
    return { kind: fields.length === 0 ? 'same' : 'changed', entry, fields };
  });
}
