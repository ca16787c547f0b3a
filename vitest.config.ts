import { defineConfig } from 'vitest/config';

const { CODEARTS_TEST_GIT: git, CODEARTS_TEST_ALL: all, PATH = '' } = process.env;

/** What takes long and changes little: tiers of their own run it, and .ci/run does. */
const MORE = [
  'test/e2e/exact/transports.test.ts',
  'test/e2e/trust/**',
  'test/histories/**',
  'test/terminal/**',
  'test/torture/**',
];

export default defineConfig({
  // What the build puts in: unit tests import the sources.
  define: { __VERSION__: JSON.stringify('0.0.0-test'), __PACE__: '1', __CHECKPOINTS__: 'false' },
  test: {
    include: ['test/**/*.test.ts'],
    // Has a tier of its own, with what it needs in .cache.
    exclude: ['test/managers/**', 'node_modules/**', ...(all ? [] : MORE)],
    env: git ? { PATH: `${git}:${PATH}` } : {},
    pool: 'forks',
    isolate: false,
    // Tests wait on git and on the runner far more than they compute.
    maxWorkers: 3,
    maxConcurrency: 4,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    globalSetup: ['test/fixtures/global-setup.ts'],
  },
});
