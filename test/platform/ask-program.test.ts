import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askProgram } from '../../src/platform/ask-program.ts';
import { isRunning } from '../../src/platform/processes.ts';
import { until } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const ENV = { PATH: process.env['PATH'] ?? '' };

async function ask(script: string, more: { timeoutMs?: number; stdin?: string } = {}) {
  const cwd = await scratchFolder();
  return {
    cwd,
    answer: await askProgram('/bin/sh', ['-c', script], { env: ENV, cwd, timeoutMs: 10_000, ...more }),
  };
}

test('a program gets its input and gives its output; what it says besides is thrown away', async () => {
  const { answer } = await ask('cat; echo S3CRET >&2; exit 3', { stdin: 'one\n' });

  expect(answer).toEqual({ kind: 'answer', exitCode: 3, stdout: 'one\n' });
});

test.each([
  ['a program that is not there', '/nowhere/program'],
  ['a file that is no program', '/etc/passwd'],
])('%s has no answer', async (_, file) => {
  expect(await askProgram(file, [], { env: ENV, cwd: '/', timeoutMs: 1000 })).toEqual({
    kind: 'none',
    why: 'not-started',
  });
});

test('one that takes too long is ended, with what it has started and what keeps its output', async () => {
  const startedAt = Date.now();
  const { cwd, answer } = await ask('sleep 300 & echo $! >child; echo part; wait', { timeoutMs: 3000 });

  expect(answer).toEqual({ kind: 'none', why: 'late' });
  expect(Date.now() - startedAt).toBeLessThan(30_000);
  const pid = Number(await readFile(join(cwd, 'child'), 'utf8'));
  await until('the end of the child', async () => !isRunning({ pid, start: '', boot: null }));
});

test('one that never stops talking is ended', async () => {
  const { answer } = await ask('yes', { timeoutMs: 30_000 });

  expect(answer).toEqual({ kind: 'none', why: 'too-long' });
});

test('one that is killed has no answer', async () => {
  const { answer } = await ask('echo part; kill -9 $$');

  expect(answer).toEqual({ kind: 'none', why: 'killed' });
});

test('the answer of one that leaves a child with its output is taken at once, and the child is ended', async () => {
  const startedAt = Date.now();
  const { cwd, answer } = await ask('sleep 300 & echo $! >child; echo whole; exit 0', { timeoutMs: 60_000 });

  expect(answer).toEqual({ kind: 'answer', exitCode: 0, stdout: 'whole\n' });
  expect(Date.now() - startedAt).toBeLessThan(30_000);
  const pid = Number(await readFile(join(cwd, 'child'), 'utf8'));
  await until('the end of the child', async () => !isRunning({ pid, start: '', boot: null }));
});

test('nor does a child that has left its group keep the answer', async () => {
  const cwd = await scratchFolder();
  const program = `
    const options = { detached: true, stdio: ['ignore', 'inherit', 'ignore'] };
    const child = require('node:child_process').spawn('sleep', ['300'], options);
    child.unref();
    console.log(child.pid);`;

  const answer = await askProgram(process.execPath, ['-e', program], { env: ENV, cwd, timeoutMs: 60_000 });

  const pid = answer.kind === 'answer' ? Number(answer.stdout) : NaN;
  expect(answer).toEqual({ kind: 'answer', exitCode: 0, stdout: `${pid}\n` });
  process.kill(pid);
});

test('a child that holds nothing of its output is left alone', async () => {
  const { answer } = await ask('sleep 300 >/dev/null 2>&1 & echo $!');

  const pid = answer.kind === 'answer' ? Number(answer.stdout) : NaN;
  expect(isRunning({ pid, start: '', boot: null })).toBe(true);
  process.kill(pid);
});

test('it has no terminal to ask on', async () => {
  const cwd = await scratchFolder();
  const program = join(cwd, 'asks');
  await writeFile(
    program,
    '#!/bin/sh\n(echo "who are you?" >/dev/tty) 2>/dev/null && echo asked || echo none\n',
    { mode: 0o755 },
  );

  expect(await askProgram(program, [], { env: ENV, cwd, timeoutMs: 5000 })).toMatchObject({
    stdout: 'none\n',
  });
});
