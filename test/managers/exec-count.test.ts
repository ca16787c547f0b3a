import { describe, expect } from 'vitest';
import { counts } from '../fixtures/exec-counts.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { MANAGERS } from './managers.ts';
import { test } from './stage.ts';

describe.skipIf(lacks('strace'))('12. commit, fetch, rebase, checkout and status', () => {
  for (const { name, setUp } of MANAGERS) {
    test(`start not one program more with us beside ${name}`, async ({ stage }) => {
      await setUp(stage);
      await stage.install();
      await stage.pushed('at once');

      const withUs = await counts(stage, 'with');
      await stage.cli(['uninstall', '--force']);
      const without = await counts(stage, 'without');

      expect(withUs).toEqual(without);
    });
  }
});
