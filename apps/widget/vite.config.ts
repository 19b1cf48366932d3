import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';
import { slimClient } from './build/slim-client.ts';

/** The chat itself, loaded into a frame of the server's own origin below `/widget/`. */
export default defineConfig({
  base: '/widget/',
  publicDir: false,
  // A visitor's page has no use for React's developer tools; their hooks weigh half a kB.
  define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined' },
  css: { modules: { generateScopedName: '[hash:base64:4]' } },
  plugins: [slimClient(), react(), precompress()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome111', 'safari16.4', 'firefox113'],
    // One sheet of 3 kB, so that late chunks need no loader for theirs.
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: { input: 'frame.html' },
  },
});
