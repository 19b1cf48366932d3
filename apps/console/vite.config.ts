import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The agents' console, served by the server below `/console/`. Its CSP allows no inline style or script. */
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome111', 'safari16.4', 'firefox113'],
    // Nothing may become a data: address; the CSP would refuse fonts and styles made so.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
