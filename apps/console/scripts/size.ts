import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of the first route at gzip level 9: the page and everything it names. */
const BUDGET = 190_000;

const dist = join(import.meta.dirname, '../dist');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+)"/g)].flatMap(([, file]) => (file === undefined ? [] : [file]));
const sizes = ['index.html', ...named].map((file) => ({ file, gzip: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length }));
const total = sizes.reduce((sum, { gzip }) => sum + gzip, 0);

console.table([...sizes, { file: `first route (budget ${BUDGET})`, gzip: total }]);
// A page that names nothing was not built, and would pass.
if (named.length === 0 || total > BUDGET) {
  console.error('The console is over its budget, or was not built.');
  process.exitCode = 1;
}
