import { defineConfig } from '@stepdown/server/config';

/** The shop's configuration with a recovery that a browser test can wait for; nothing that goes down is quicker. */
export default defineConfig({
  siteName: 'Birchkettle',
  fallbackEmail: 'hello@birchkettle.example',
  policy: { probeFirstMs: 1_000, probeEarlyMs: 1_000, goodProbesApartMs: 500, rampStageMs: 1_500 },
});
