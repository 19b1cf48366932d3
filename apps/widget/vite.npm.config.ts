import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

/** What embedders install from npm: plain modules that load the script tag. React stays theirs. */
export default defineConfig({
  publicDir: false,
  plugins: [
    {
      name: 'stepdown:readme',
      closeBundle: () => copyFileSync(join(import.meta.dirname, 'README.md'), join(import.meta.dirname, 'npm/README.md')),
    },
  ],
  build: {
    outDir: 'npm/dist',
    target: 'es2022',
    minify: false,
    lib: { entry: { index: 'src/index.ts', element: 'src/element.ts' }, formats: ['es'] },
    rolldownOptions: { external: ['react'] },
  },
});
