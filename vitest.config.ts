import { defineConfig } from 'vitest/config';

/**
 * `unit` runs beside the source, `dom` renders components in jsdom, `integration` opens ports, databases and
 * processes of its own, `e2e` drives a browser against a real server.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Property tests and whole word lists take seconds on a busy machine.
          testTimeout: 30_000,
          include: ['packages/*/src/**/*.test.ts', 'apps/server/src/**/*.test.ts', 'scripts/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'dom',
          testTimeout: 30_000,
          environment: 'jsdom',
          include: ['apps/*/src/**/*.test.tsx'],
          setupFiles: ['test/support/dom-setup.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          // These wait for processes, clocks and sockets more than they compute.
          maxWorkers: 3,
          include: ['test/{conversation,conformance,faq,inbox,security,chaos,cluster,repository}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
