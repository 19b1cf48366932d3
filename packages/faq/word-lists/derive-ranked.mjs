// Writes <language>-words.txt and <language>-pieces.txt; see README.md. Run by hand when the source changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUnspaced, wordsOf } from '../src/text/tokenise.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node derive-ranked.mjs FOLDER_OF_RANKED_LISTS');

const LISTS = { de: 'german', fr: 'french', es: 'spanish', pt: 'portuguese', ar: 'arabic', ja: 'japanese', zh: 'chinese' };
/** Their words are characters, which have no pieces; what has pieces in their lists is foreign. */
const UNSPACED = new Set(['ja', 'zh']);
const WORDS_PER_QUESTION = 12;
const LOWEST_PIECE_CHANCE = 0.001;
/** Zipf and Mandelbrot: the share of a word in running text falls with its rank. The constants are those of spoken English. */
const shareOf = (rank) => 0.1 / (rank + 2.7);
const stepOf = (share) => Math.round(-2 * Math.log2(1 - Math.exp(-WORDS_PER_QUESTION * share)));

for (const [language, name] of Object.entries(LISTS)) {
  const shares = new Map();
  const pieces = new Map();
  const ranked = readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n');
  for (const [position, word] of ranked.filter((line) => line !== '').entries()) {
    for (const part of wordsOf(word.trim(), language)) add(shares, part, shareOf(position + 1));
  }
  for (const [word, share] of shares) {
    const padded = `<${word}>`;
    for (let length = 3; length <= 5 && !isUnspaced(word); length++) {
      for (let start = 0; start + length <= padded.length; start++) add(pieces, padded.slice(start, start + length), share);
    }
  }
  write(`${language}-words.txt`, [...shares]);
  const common = [...pieces].filter(([, share]) => 1 - Math.exp(-WORDS_PER_QUESTION * share) >= LOWEST_PIECE_CHANCE);
  if (!UNSPACED.has(language)) write(`${language}-pieces.txt`, common);
}

function add(sums, key, share) {
  sums.set(key, (sums.get(key) ?? 0) + share);
}

/** Lines `<step> item item …`, the most frequent items first. */
function write(file, items) {
  const bySteps = Map.groupBy(items, ([, share]) => stepOf(share));
  const lines = [...bySteps]
    .sort(([first], [second]) => first - second)
    .map(
      ([step, group]) =>
        `${step} ${group
          .map(([item]) => item)
          .sort()
          .join(' ')}\n`,
    );
  writeFileSync(new URL(file, import.meta.url), lines.join(''));
}
