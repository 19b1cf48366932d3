import { defineConfig } from '@stepdown/server/config';

// Every value here is optional. Secrets and addresses belong in the environment; see docs/configure.md.
export default defineConfig({
  siteName: 'Birchkettle',
  fallbackEmail: 'hello@birchkettle.example',
  defaultLocale: 'en',
});
