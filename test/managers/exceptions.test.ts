import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROGRAMS } from './managers.ts';
import { PACKAGE_MANAGERS } from './package-managers.ts';

/** Managers that cannot be had here, by name, and why. Their rows are not run. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

test('every manager is there, but for the exceptions, and their list has not grown', () => {
  const programs = [
    ...Object.entries(PROGRAMS),
    ...PACKAGE_MANAGERS.map(({ name, command }) => [name, command] as const),
  ];
  const missing = programs.filter(([, [program = '', ...args]]) => {
    return spawnSync(program, [...args, '--version'], { stdio: 'ignore' }).status !== 0;
  });

  expect(missing.map(([name]) => name)).toEqual(Object.keys(EXCEPTIONS));
  expect(Object.keys(EXCEPTIONS)).toEqual([]);
});
