// Writes english-words.txt and english-pieces.txt; see README.md. Run by hand when one of the two sources changes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [scowlFolder, subtlexFile] = process.argv.slice(2);
if (subtlexFile === undefined) throw new Error('usage: node derive-english.mjs SCOWL_FOLDER SUBTLEX_JSON');

const LARGEST_SCOWL_SIZE = 60;
const LARGEST_NAME_SIZE = 35;
const KNOWN_WITHOUT_SCOWL_FROM = 100;
const PIECES_FROM_STEP = 8;
const WORDS_PER_QUESTION = 12;
const LOWEST_PIECE_CHANCE = 0.001;

const fold = (word) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/'s$/, '')
    .replaceAll("'", '');
const isPlain = (word) => /^(?:[a-z]{2,}|[ai])$/.test(word);

const counts = new Map();
let total = 0;
for (const { word, count } of JSON.parse(readFileSync(subtlexFile, 'utf8'))) {
  total += count;
  if (isPlain(fold(word))) counts.set(fold(word), (counts.get(fold(word)) ?? 0) + count);
}

const words = new Map();
for (const file of readdirSync(scowlFolder)) {
  const [, kind, size] =
    /^(?:english|american|british|british_z|canadian|australian)-(words|upper|proper-names|contractions)\.(\d+)$/.exec(file) ?? [];
  if (kind === undefined || Number(size) > (kind === 'proper-names' ? LARGEST_NAME_SIZE : LARGEST_SCOWL_SIZE)) continue;
  for (const line of readFileSync(join(scowlFolder, file), 'latin1').split('\n')) {
    const word = fold(line.trim());
    if (isPlain(word)) words.set(word, counts.get(word) ?? 0);
  }
}
for (const [word, count] of counts) if (count >= KNOWN_WITHOUT_SCOWL_FROM) words.set(word, count);

/** Lines `<step> item item …`, in the given order of steps. */
function writeSteps(file, items, compare) {
  const bySteps = Map.groupBy(items, ([, step]) => step);
  const lines = [...bySteps]
    .sort(([a], [b]) => compare(a, b))
    .map(
      ([step, group]) =>
        `${step} ${group
          .map(([item]) => item)
          .sort()
          .join(' ')}\n`,
    );
  writeFileSync(new URL(file, import.meta.url), lines.join(''));
}

const steps = [...words].map(([word, count]) => [word, Math.round(Math.log2(count + 1))]);
writeSteps('english-words.txt', steps, (a, b) => b - a);

const expected = new Map();
for (const [word, step] of steps.filter(([, one]) => one >= PIECES_FROM_STEP)) {
  const padded = `<${word}>`;
  const pieces = new Set();
  for (let length = 3; length <= 5; length++) {
    for (let start = 0; start + length <= padded.length; start++) pieces.add(padded.slice(start, start + length));
  }
  for (const piece of pieces) expected.set(piece, (expected.get(piece) ?? 0) + ((2 ** step - 1) / total) * WORDS_PER_QUESTION);
}
const chances = [...expected].map(([piece, value]) => [piece, 1 - Math.exp(-value)]).filter(([, chance]) => chance >= LOWEST_PIECE_CHANCE);
writeSteps(
  'english-pieces.txt',
  chances.map(([piece, chance]) => [piece, Math.round(-2 * Math.log2(chance))]),
  (a, b) => a - b,
);
