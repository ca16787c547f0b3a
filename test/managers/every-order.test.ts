import { describe, expect } from 'vitest';
import { MANAGERS } from './managers.ts';
import { footprint, test } from './stage.ts';

for (const { name, setUp, again, afterUs } of MANAGERS) {
  describe(name, () => {
    test('set up before us, and run again: each push runs its job and starts one build', async ({
      stage,
    }) => {
      await setUp(stage);
      await stage.install();

      await stage.pushed('at once');
      const runs = await stage.teamRuns();
      await again(stage);
      await stage.pushed('at once');

      expect(runs).toBe(1);
      expect(await stage.teamRuns()).toBe(2);
    });

    test('set up after us, before and after we are installed again', async ({ stage }) => {
      await stage.install();
      await setUp(stage);

      await stage.pushed(afterUs);
      await stage.install();
      await stage.pushed('at once');
      await again(stage);
      await stage.pushed('at once');

      expect(await stage.teamRuns()).toBe(3);
    });

    test('is left as it was when we are taken out', async ({ stage }) => {
      await setUp(stage);
      const before = await footprint(stage);

      await stage.install();
      await stage.pushed('at once');
      await again(stage);
      await stage.install();
      const during = await footprint(stage);
      await stage.cli(['uninstall', '--force']);

      expect(during).not.toBe(before);
      expect(await footprint(stage)).toBe(before);
    });
  });
}
