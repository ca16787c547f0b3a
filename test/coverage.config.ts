import { defineConfig } from 'vitest/config';
import base from '../vitest.config.ts';

/** Folders whose unit tests keep nearly all branches: what decides whether a push starts its build, and only once. */
const EXACT = ['core', 'hook', 'push', 'rules', 'event', 'spool', 'delivery'];

/** `npm run coverage`: the unit tests of these folders; what runs in processes of its own is not counted. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: EXACT.map((folder) => `test/${folder}/**/*.test.ts`),
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
