import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Shorter than this, headers weigh more than what is saved. */
const WORTH_IT_BYTES = 500;

/**
 * Writes `.br` and `.gz` beside every script and style: the hardest compression takes too long while a visitor waits, and
 * is free here. The server sends them as they are.
 */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'stepdown:precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (/\.(js|css)$/.test(file)) compress(join(folder, file));
      }
    },
  };
}

function compress(file: string): void {
  if (statSync(file).size < WORTH_IT_BYTES) return;
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
}
