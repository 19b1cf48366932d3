import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/server.ts';

const ARTIFACTS = path.join(root, 'test', 'artifacts');

/** Writes into the ignored folder of test results; returns the path. */
export function writeArtifact(name: string, content: string): string {
  mkdirSync(ARTIFACTS, { recursive: true });
  const file = path.join(ARTIFACTS, name);
  writeFileSync(file, content);
  return file;
}

export type Row = readonly (string | number | undefined)[];

/** A table that reads as text on a terminal and as Markdown in a file. */
export function table(head: readonly string[], rows: readonly Row[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => String(cell ?? '–').replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join('\n');
}

/** Runs jobs a few at a time: many at once would measure this machine, not the product. */
export async function inParallel<Job, Result>(jobs: readonly Job[], lanes: number, run: (job: Job) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job !== undefined) results[index] = await run(job);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
