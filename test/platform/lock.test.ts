import { readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootId, ownIdentity } from '../../src/platform/processes.ts';
import { lastOwner, tryLock, waitForLock } from '../../src/platform/lock.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { startSleeper, startZombie } from '../fixtures/sleeper.ts';

const MINUTE = 60_000;

async function lockFolder(): Promise<string> {
  return join(await scratchFolder(), 'lock');
}

/** A lock that another has: its file as that owner wrote it, so many minutes ago. */
async function lockOf(owner: object | string, minutesAgo = 0): Promise<string> {
  const folder = await scratchFolder();
  const path = join(folder, '1');
  await writeFile(path, typeof owner === 'string' ? owner : JSON.stringify({ ...living(), ...owner }));
  const at = (Date.now() - minutesAgo * MINUTE) / 1000;
  await utimes(path, at, at);
  return folder;
}

function living() {
  return { ...ownIdentity(), host: hostname() };
}

async function isTaken(folder: string, clock = fakeClock()): Promise<boolean> {
  return (await tryLock(folder, clock)) === null;
}

test('a lock that nobody has is taken, and then nobody else takes it', async () => {
  const folder = await lockFolder();
  const clock = fakeClock();

  const lock = await tryLock(folder, clock);

  expect(await lock?.isHeld()).toBe(true);
  expect(await tryLock(folder, clock)).toBeNull();
  expect(await lastOwner(folder)).toMatchObject(ownIdentity());
  expect(JSON.parse(await readFile(join(folder, '1'), 'utf8'))).toEqual(living());
});

test('a released lock is taken again, and the old owner no longer holds it', async () => {
  const folder = await lockFolder();
  const clock = fakeClock();
  const first = await tryLock(folder, clock);
  await first?.release();

  const second = await tryLock(folder, clock);

  expect(await first?.isHeld()).toBe(false);
  expect(await second?.isHeld()).toBe(true);
  expect(await readdir(folder)).toEqual(['2']);
});

test('of twenty that try at once in one process, one takes it', async () => {
  const folder = await lockFolder();

  const locks = await Promise.all(Array.from({ length: 20 }, () => tryLock(folder, fakeClock())));

  expect(locks.filter((lock) => lock !== null)).toHaveLength(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('draft'))).toEqual([]);
});

test.each([
  ['lives', {}, true],
  ['is a process id that another has by now', { start: '1' }, false],
  ['is of another boot', { boot: 'another' }, false],
  ['is gone', { pid: 2 ** 22 + 1, start: '' }, false],
  ['is on another machine, where nobody can look', { host: 'elsewhere', pid: 2 ** 22 + 1 }, true],
  ['does not say when it began', { start: '', boot: null }, true],
  ['says it in another way', { start: 7, boot: 7 }, true],
])('a lock whose owner %s is taken, or not', async (_, owner, expected) => {
  expect(await isTaken(await lockOf(owner))).toBe(expected);
});

test.each([
  ['nothing', ''],
  ['half of it', '{"pid":'],
  ['zeroes', '\0\0\0'],
  ['a list', '[]'],
  ['no process id', '{"host":"x"}'],
  ['no machine', '{"pid":1}'],
])('a lock with %s in it is somebody’s while it is fresh, and nobody’s afterwards', async (_, text) => {
  expect(await isTaken(await lockOf(text))).toBe(true);
  expect(await isTaken(await lockOf(text, 11))).toBe(false);
});

test.each([
  ['nine minutes ago', 9, true],
  ['eleven minutes ago', 11, false],
  ['in the future, by a clock that was set back', -11, false],
])('an owner who was heard of %s holds it, or not', async (_, minutesAgo, expected) => {
  expect(await isTaken(await lockOf({}, minutesAgo))).toBe(expected);
  expect(await isTaken(await lockOf({ host: 'elsewhere' }, minutesAgo))).toBe(expected);
});

test('a dead owner’s lock is taken at once, a living one’s is not', async () => {
  const owner = await startSleeper();
  const folder = await lockOf({ pid: owner.pid, start: '', boot: bootId() });
  expect(await isTaken(folder)).toBe(true);

  await owner.end();

  expect(await isTaken(folder)).toBe(false);
});

test('a zombie’s lock is taken', async () => {
  expect(await isTaken(await lockOf({ pid: await startZombie(), start: '' }))).toBe(false);
});

test('an owner that says that it lives keeps its lock, by its own clock', async () => {
  const folder = await lockFolder();
  const clock = fakeClock();
  const lock = await tryLock(folder, clock);

  for (let n = 0; n < 5; n += 1) {
    clock.advance(9 * MINUTE);
    await lock?.renew();
    expect(await isTaken(folder, clock)).toBe(true);
  }
  clock.advance(11 * MINUTE);

  expect(await isTaken(folder, clock)).toBe(false);
});

test('an owner that was overtaken sees it, and its release frees nobody else’s lock', async () => {
  const folder = await lockFolder();
  const clock = fakeClock();
  const frozen = await tryLock(folder, clock);
  await utimes(join(folder, '1'), 1, 1);

  const second = await tryLock(folder, clock);
  await frozen?.renew();
  await frozen?.release();

  expect(await frozen?.isHeld()).toBe(false);
  expect(await second?.isHeld()).toBe(true);
  expect(await isTaken(folder)).toBe(true);
});

test('waiting ends when the lock is released, or when patience does', async () => {
  const folder = await lockFolder();
  const clock = fakeClock();
  const first = await tryLock(folder, clock);
  const startedAt = clock.now();

  expect(await waitForLock(folder, clock, 1000)).toBeNull();
  expect(clock.now() - startedAt).toBeGreaterThan(1000);
  const waiting = waitForLock(folder, clock, 60 * MINUTE);
  await first?.release();

  expect(await (await waiting)?.isHeld()).toBe(true);
});

test('a folder that is not there, or was never locked, has no owner', async () => {
  expect(await lastOwner('/nowhere')).toBeNull();
  expect(await lastOwner(await scratchFolder())).toBeNull();
});

test('numbers are told apart from other names, and grow past nine', async () => {
  const folder = await scratchFolder();
  for (const name of ['9', '9.free', '10', '10.free', 'intake', 'draft.1.1', '11.tmp']) {
    await writeFile(join(folder, name), '');
  }

  expect(await (await tryLock(folder, fakeClock()))?.isHeld()).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(['11', '11.tmp', 'draft.1.1', 'intake']);
});

test('where the folder above is gone there is no lock, and none is made', async () => {
  const above = join(await scratchFolder(), 'gone');

  expect(await tryLock(join(above, 'lock'), fakeClock())).toBeNull();
  await expect(readdir(above)).rejects.toThrow('ENOENT');
});

test('nobody waits for a lock that has no place to be', async () => {
  const clock = fakeClock();
  const startedAt = clock.now();

  expect(await waitForLock(join(await scratchFolder(), 'gone', 'lock'), clock, 60_000)).toBeNull();
  expect(clock.now()).toBe(startedAt);
});

test('a lock whose folder was taken away is held no more, and is given back without complaint', async () => {
  const folder = await lockFolder();
  const lock = await tryLock(folder, fakeClock());
  await rm(folder, { recursive: true });

  expect(await lock?.isHeld()).toBe(false);
  await lock?.release();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});
