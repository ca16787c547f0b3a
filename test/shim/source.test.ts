import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HEAPS } from '../../src/platform/runner-process.ts';
import { run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { inEachShell } from './shells.ts';

const HOOKS = resolve('hooks');
const FILES = readdirSync(HOOKS);
const OPTIONS = { cwd: resolve('.'), env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' } };

/** The lines of a shim without its comments. */
function codeOf(file: string): string[] {
  const lines = readFileSync(join(HOOKS, file), 'utf8').split('\n');
  return lines.filter((line) => !/^\s*#/.test(line));
}

test('the shims are what is expected to be there', () => {
  expect(FILES.sort()).toEqual(
    [
      'feed',
      'lines',
      'note',
      'post-push',
      'post-receive',
      'pre-push',
      'reference-transaction',
      'start',
      'watch',
    ].sort(),
  );
});

test.skipIf(lacks('shellcheck'))('shellcheck has nothing to say', async () => {
  const paths = FILES.map((file) => join('hooks', file));

  expect(await run('shellcheck', paths, OPTIONS)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

inEachShell('the shims', ({ command: [program, ...options] }) => {
  test.each(FILES)('%s is understood', async (file) => {
    const ran = await run(program, [...options, '-n', join(HOOKS, file)], OPTIONS);

    expect(ran).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});

test.each(FILES)('%s is short, indented by tabs, and in lines that fit', (file) => {
  const text = readFileSync(join(HOOKS, file), 'utf8');
  const lines = text.split('\n');

  expect(lines.length).toBeLessThanOrEqual(101);
  expect(lines.filter((line) => /^ |[ \t]$|\r/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect(text.endsWith('\n')).toBe(true);
});

test.each(['pre-push', 'post-push', 'post-receive', 'reference-transaction'])(
  '%s can be run, and is known as ours',
  (file) => {
    const [first, second] = readFileSync(join(HOOKS, file), 'utf8').split('\n');

    expect(statSync(join(HOOKS, file)).mode & 0o111).toBe(0o111);
    expect(first).toBe('#!/bin/sh');
    expect(second).toMatch(new RegExp(`^# codearts-hooks shim 2: ${file}\\. `));
  },
);

// A hook that was there before, and the runner, get the environment as the user exports it.
test.each(FILES.filter((file) => file !== 'reference-transaction'))(
  '%s sets no variable of the user',
  (file) => {
    const set = codeOf(file).flatMap((line) => [
      ...[...line.matchAll(/(?<![\w$"'{%#.-])([A-Za-z]\w*)=/g)].map(([, name]) => name),
      ...[...line.matchAll(/\bread -r ((?:\w+ ?)+)/g)].flatMap(([, names = '']) => names.trim().split(' ')),
      ...[...line.matchAll(/\bfor (\w+)/g)].map(([, name]) => name),
    ]);

    expect(set.filter((name) => !/^(?:_\w+|IFS|CDPATH|\d)$/.test(name ?? ''))).toEqual([]);
  },
);

// A special builtin whose redirection fails ends the shell, and the push with it: dash, bash as sh.
test.each(FILES)('%s redirects no special builtin but exec to /dev/null', (file) => {
  const special =
    /(?:^|[;&|({]\s*)\s*(?::|\.|eval|exec|export|readonly|set|shift|trap|unset)\s[^&|]*[<>](?!&-)/;

  const suspects = codeOf(file).filter((line) => special.test(line));

  expect(suspects.filter((line) => !line.trim().startsWith('exec </dev/null >/dev/null 2>&1 3<&-'))).toEqual(
    [],
  );
});

test('the runner has the same heaps, whoever starts it', () => {
  expect(readFileSync(join(HOOKS, 'start'), 'utf8')).toContain(`"$_node" ${HEAPS.join(' ')} "$_entry" "$@"`);
});
