import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes that a visitor pays, gzip level 9; a change that needs more must say so here. */
const BUDGETS = {
  loader: 2_000,
  app: 95_000,
  locale: 2_000,
  answerKit: 6_000,
  offlineFaq: 10_000,
} as const;

interface Row {
  readonly name: string;
  readonly files: readonly string[];
  readonly budget: number;
}

const dist = join(import.meta.dirname, '../dist');
const assets = readdirSync(join(dist, 'assets'))
  .filter((file) => !/\.(br|gz)$/.test(file))
  .map((file) => `assets/${file}`);
const named = (start: string) => assets.filter((file) => file.startsWith(`assets/${start}`));
const locales = readdirSync(join(import.meta.dirname, '../src/locales'))
  .map((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1])
  .filter((locale) => locale !== undefined);

const rows: readonly Row[] = [
  { name: 'loader (before any interaction)', files: ['widget.js'], budget: BUDGETS.loader },
  { name: 'app (first open: page, script, style)', files: ['frame.html', ...named('frame-'), ...named('style-')], budget: BUDGETS.app },
  { name: 'answer kit (first message)', files: named('answer-kit-'), budget: BUDGETS.answerKit },
  { name: 'offline FAQ (after the first open)', files: named('offline-faq-'), budget: BUDGETS.offlineFaq },
  ...locales.map((locale) => ({ name: `texts ${locale}`, files: named(`${locale}-`), budget: BUDGETS.locale })),
];

const table = rows.map(({ name, files, budget }) => {
  const contents = files.map((file) => readFileSync(join(dist, file)));
  const gzip = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  const brotli = contents.reduce(
    (sum, content) => sum + brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
    0,
  );
  // A part that was not found would weigh nothing and pass.
  return { part: name, files: files.length, gzip, brotli, budget, ok: files.length > 0 && gzip <= budget };
});

console.table(table);
if (table.some((row) => !row.ok)) {
  console.error('The widget is over its budget, or a part of it was not built.');
  process.exitCode = 1;
}
