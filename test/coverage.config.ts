import { defineConfig } from 'vitest/config';

/** Folders whose unit tests keep nearly all branches: what decides whether a push starts its build, and only once. */
const EXACT = ['core', 'hook', 'push', 'rules', 'event', 'spool', 'delivery'];

/** `npm run coverage`: the unit tests, in one process each; what runs in processes of its own is not counted. */
export default defineConfig({
  define: { __VERSION__: JSON.stringify('0.0.0-test'), __PACE__: '1', __CHECKPOINTS__: 'false' },
  test: {
    include: EXACT.map((folder) => `test/${folder}/**/*.test.ts`),
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    maxConcurrency: 4,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/fixtures/global-setup.ts'],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: EXACT.map((folder) => `src/${folder}/**/*.ts`),
      reporter: ['text', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: Object.fromEntries(EXACT.map((folder) => [`src/${folder}/**`, { branches: 95 }])),
    },
  },
});
