import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

/** The script tag's file: one classic script without a hash, built after the frame into the same folder. */
export default defineConfig({
  publicDir: false,
  plugins: [precompress()],
  build: {
    emptyOutDir: false,
    target: 'es2022',
    copyPublicDir: false,
    rolldownOptions: {
      input: 'src/loader/main.ts',
      output: { format: 'iife', entryFileNames: 'widget.js' },
    },
  },
});
