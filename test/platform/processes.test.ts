import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bootId, isRunning, ownIdentity } from '../../src/platform/processes.ts';
import { startSleeper, startZombie } from '../fixtures/sleeper.ts';

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

test('this process runs, by all that is known of it', () => {
  const own = ownIdentity();

  expect(own).toEqual({ pid: process.pid, start: startOf(process.pid), boot: bootId() });
  expect(isRunning(own)).toBe(true);
});

test('a process that has ended does not run', async () => {
  const sleeper = await startSleeper();
  const identity = { pid: sleeper.pid, start: startOf(sleeper.pid), boot: bootId() };
  expect(isRunning(identity)).toBe(true);

  await sleeper.end();

  expect(isRunning(identity)).toBe(false);
});

test('a zombie has ended, though it has its id still', async () => {
  const pid = await startZombie();

  expect(isRunning({ pid, start: startOf(pid), boot: bootId() })).toBe(false);
});

test.each([
  ['a later process with the same id', { start: '1' }],
  ['a process of another boot', { boot: 'another-boot' }],
  ['no process', { pid: 0 }],
  ['a process id that stands for a group', { pid: -1 }],
  ['an id that no process has', { pid: 2 ** 22 + 1, start: '' }],
])('%s does not run', (_, difference) => {
  expect(isRunning({ ...ownIdentity(), ...difference })).toBe(false);
});

test.each([
  ['its start', { start: '' }],
  ['the boot', { boot: null }],
])('a process of which %s is not known runs if its id does', (_, difference) => {
  expect(isRunning({ ...ownIdentity(), ...difference })).toBe(true);
});

test('a name with spaces and parentheses hides neither state nor start', async () => {
  const child = spawn('bash', ['-c', 'printf ") Z 1 (" > /proc/self/comm; echo ready; read -r _'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');

  const isAlive = isRunning({ pid: child.pid ?? 0, start: startOf(child.pid ?? 0), boot: bootId() });
  child.stdin.end();
  await once(child, 'close');

  expect(isAlive).toBe(true);
});
