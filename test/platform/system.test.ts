import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isExecutable } from '../../src/platform/executable.ts';
import { sync } from '../../src/platform/files.ts';
import { patiently } from '../../src/platform/patiently.ts';
import { isRunning, isShellRunning, ownIdentity } from '../../src/platform/processes.ts';
import { LINUX, OTHER_UNIX, SYSTEM, type System, WINDOWS } from '../../src/platform/system.ts';
import { until } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { startSleeper, startZombie } from '../fixtures/sleeper.ts';

// What is said of other systems is tried here, with this one's processes: ps(1) is the same, and signals are.
const { PATH, TZ } = process.env;
const SYSTEMS = [LINUX, OTHER_UNIX, WINDOWS].map((system) => [system.name, system] as const);
const NOBODY = 2 ** 22 + 1;

beforeEach(() => {
  process.env['PATH'] = PATH;
});
afterEach(() => {
  process.env['PATH'] = PATH;
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up`), { code });
}

test('here, processes are looked up as the system has them', () => {
  expect(SYSTEM.name).toBe(process.platform === 'linux' ? 'linux' : SYSTEM.name);
});

test.each(SYSTEMS)(
  'on %s this process runs, by all that is known of it, and nobody does not',
  (_, system) => {
    expect(isRunning(ownIdentity(system), system)).toBe(true);
    expect(isRunning({ ...ownIdentity(system), pid: NOBODY }, system)).toBe(false);
    expect(isRunning({ ...ownIdentity(system), pid: 0 }, system)).toBe(false);
    expect(isRunning({ ...ownIdentity(system), pid: -1 }, system)).toBe(false);
  },
);

test.each(SYSTEMS)('on %s a process that has ended does not run', async (_, system) => {
  const { pid, end } = await startSleeper();
  const state = system.look(pid);
  const start = (state.isRunning && state.start) || '';
  expect(isRunning({ pid, start, boot: system.bootId() }, system)).toBe(true);

  await end();

  expect(isRunning({ pid, start, boot: system.bootId() }, system)).toBe(false);
});

test.each([LINUX, OTHER_UNIX].map((system) => [system.name, system] as const))(
  'on %s a later process with the same id is told from it, and a zombie has ended',
  async (_, system) => {
    const zombie = await startZombie();

    expect(isRunning({ ...ownIdentity(system), start: 'another' }, system)).toBe(false);
    expect(ownIdentity(system).start).not.toBe('');
    expect(isRunning({ pid: zombie, start: '', boot: null }, system)).toBe(false);
  },
);

test('what Linux has written down is not held against a process where starts are not told', () => {
  expect(isRunning({ pid: process.pid, start: '4711', boot: 'a-boot' }, WINDOWS)).toBe(true);
});

test('by ps, a start is the same for whoever asks, wherever he is', () => {
  process.env['TZ'] = 'Asia/Shanghai';
  const there = ownIdentity(OTHER_UNIX);
  process.env['TZ'] = 'America/Lima';

  expect(ownIdentity(OTHER_UNIX)).toEqual(there);
  expect(there.start).toMatch(/^\w{3} \w{3} \d+ \d\d:\d\d:\d\d \d{4}$/);
});

test('without a ps, a process that takes signals runs', () => {
  process.env['PATH'] = '/nowhere';

  expect(OTHER_UNIX.look(process.pid)).toEqual({ isRunning: true, start: null });
  expect(OTHER_UNIX.look(NOBODY)).toEqual({ isRunning: false });
});

test('a shell whose process id is its own alone is there for a quarter of an hour', () => {
  const gone = { pid: NOBODY, start: '', boot: null };
  const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

  expect(isShellRunning(gone, minutesAgo(1), WINDOWS)).toBe(true);
  expect(isShellRunning(gone, minutesAgo(16), WINDOWS)).toBe(false);
  expect(isShellRunning({ ...gone, pid: 0 }, minutesAgo(1), WINDOWS)).toBe(false);
  expect(isShellRunning(gone, minutesAgo(1), LINUX)).toBe(false);
  expect(isShellRunning(ownIdentity(LINUX), minutesAgo(99), LINUX)).toBe(true);
});

test('a group is ended as a whole, and one that is gone is no failure', async () => {
  const leader = spawn('sh', ['-c', 'sleep 100 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [child] = (await once(leader.stdout, 'data')) as [Buffer];
  const closed = once(leader, 'close');
  const isChildGone = async (): Promise<boolean> =>
    !isRunning({ pid: Number(child.toString()), start: '', boot: null }, LINUX);

  LINUX.endGroup(leader.pid ?? 0);
  await closed;

  await until('the end of its child, which nobody waits for', isChildGone);
  expect(() => LINUX.endGroup(leader.pid ?? 0)).not.toThrow();
});

test('on Windows a process is ended with its children, by name of its id', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'taskkill'), `#!/bin/sh\necho "$*" >'${folder}/told'\n`, { mode: 0o755 });
  process.env['PATH'] = `${folder}:${PATH}`;

  WINDOWS.endGroup(4711);

  expect(await readFile(join(folder, 'told'), 'utf8')).toBe('/pid 4711 /t /f\n');
});

test.each(SYSTEMS)('on %s a file and a folder are made durable as they can be', async (_, system) => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'file'), 'text');

  await expect(sync(join(folder, 'file'), system)).resolves.toBeUndefined();
  await expect(sync(folder, system)).resolves.toBeUndefined();
  await expect(sync(join(folder, 'none'), system)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('where modes do not say who may run a file, git runs it', () => {
  expect([0o755, 0o644].map((mode) => isExecutable(mode, LINUX))).toEqual([true, false]);
  expect(isExecutable(0o666, WINDOWS)).toBe(true);
});

/** Fails so many times with that error; counts. */
function failing(times: number, code: string): { act: () => Promise<string>; calls: () => number } {
  let calls = 0;
  const act = async (): Promise<string> => {
    calls += 1;
    if (calls <= times) throw systemError(code);
    return 'done';
  };
  return { act, calls: () => calls };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'on Windows a file that answers %s is tried until it is free',
  async (code) => {
    const { act, calls } = failing(3, code);

    expect(await patiently(act, WINDOWS)).toBe('done');
    expect(calls()).toBe(4);
  },
);

test('a file that is never free is given up after a second', async () => {
  const startedAt = performance.now();

  await expect(patiently(failing(99, 'EBUSY').act, WINDOWS)).rejects.toMatchObject({ code: 'EBUSY' });
  expect(performance.now() - startedAt).toBeGreaterThan(900);
});

test.each<[string, System, string]>([
  ['another error', WINDOWS, 'ENOENT'],
  ['a system that lets files be replaced', LINUX, 'EPERM'],
])('for %s nothing is tried twice', async (_, system, code) => {
  const { act, calls } = failing(1, code);

  await expect(patiently(act, system)).rejects.toMatchObject({ code });
  expect(calls()).toBe(1);
});
