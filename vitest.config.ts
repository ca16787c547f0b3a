import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    isolate: false,
    // Tests wait on git and on the runner far more than they compute.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/fixtures/global-setup.ts'],
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
  },
});
