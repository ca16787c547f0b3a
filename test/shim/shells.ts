import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { lacks } from '../fixtures/unavailable.ts';

/** A shell that the shims have to run in. */
export interface Shell {
  /** How it is called on the command line. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Whether this machine has it not; for `describe.skipIf`. */
  readonly isMissing: boolean;
}

/** The shells that stand for those which `/bin/sh` is somewhere. */
const SHELLS: readonly Shell[] = [
  { name: 'dash', command: ['dash'], isMissing: isMissing('dash') },
  { name: 'bash --posix', command: ['bash', '--posix'], isMissing: isMissing('bash') },
  { name: 'busybox sh', command: ['busybox', 'sh'], isMissing: lacks('busybox') },
];

/** `npm test` takes the first, whose rules are the strictest; `npm run test:more` takes all. */
const TRIED = process.env['CODEARTS_TEST_ALL'] ? SHELLS : SHELLS.slice(0, 1);

/** Describes what holds in each of the shells; one that this machine has not is skipped by name. */
export function inEachShell(title: string, tests: (shell: Shell) => void): void {
  for (const shell of TRIED) describe.skipIf(shell.isMissing)(`${title} (${shell.name})`, () => tests(shell));
}

/** The path of a program, as the shell finds it; '' when there is none. */
export function pathOf(program: string): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' });
  return stdout.trim();
}

function isMissing(program: string): boolean {
  const isMissing = pathOf(program) === '';
  if (isMissing && process.env['CODEARTS_TEST_STRICT']) throw new Error(`no ${program} is installed`);
  return isMissing;
}
