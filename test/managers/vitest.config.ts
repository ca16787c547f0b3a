import { defineConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

/** What `npm run test:managers` runs: with real managers, from .cache, on the git of CODEARTS_TEST_GIT. */
export default defineConfig({
  ...common,
  test: { ...common.test, root: '.', include: ['test/managers/**/*.test.ts'], exclude: [] },
});
