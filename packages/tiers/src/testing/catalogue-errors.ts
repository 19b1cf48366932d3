import { parseJson, readCount, readList, readText, readValue } from '../json.ts';
import { readCatalogue } from './catalogue.ts';
import { expectedOutcome } from './catalogue-outcomes.ts';
import type { Dialect } from './dialects.ts';

export interface CatalogueError {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  readonly expected: string | undefined;
}

/** Every HTTP error that the fault catalogue scripts for a dialect, with the outcome it must be named. */
export function catalogueErrors(dialect: Dialect): CatalogueError[] {
  const entries = readCatalogue();
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    const id = readText(entry, 'id') ?? '';
    const script = readValue(entry, 'wire', dialect) ?? readValue(entry, 'wire', 'any');
    const [attempt] = readList(script, 'attempts');
    const status = readCount(attempt, 'status') ?? 0;
    const [chunk] = readList(attempt, 'chunks');
    return status < 400 ? [] : [{ id, status, body: parseJson(readText(chunk, 'text') ?? ''), expected: expectedOutcome(id, dialect) }];
  });
}
