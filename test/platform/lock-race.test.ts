import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from '../../src/platform/lock.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { type Running, makeProgram, startProgram } from '../fixtures/program.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function folderWithProgram(): Promise<{ folder: string; program: string }> {
  const folder = join(await scratchFolder(), 'lock');
  await mkdir(folder);
  return { folder, program: await makeProgram('test/platform/lock-program.ts') };
}

async function startTakers(count: number, folder: string, program: string): Promise<Running[]> {
  const takers = Array.from({ length: count }, () => startProgram(program, ['take', folder]));
  await Promise.all(takers.map((taker) => taker.printed(1)));
  return takers;
}

test('of processes that take the lock at the same instant one gets it, and after its death another', async () => {
  const { folder, program } = await folderWithProgram();
  let takers = await startTakers(6, folder, program);
  for (let round = 1; takers.length > 1; round += 1) {
    for (const taker of takers) taker.tell('take');
    const answers = await Promise.all(takers.map((taker) => taker.printed(1 + round)));

    expect(answers.filter((lines) => lines.at(-1) === 'taken')).toHaveLength(1);
    const owner = takers.find((taker) => taker.lines().at(-1) === 'taken');
    owner?.child.kill('SIGKILL');
    await owner?.ended;
    takers = takers.filter((taker) => taker !== owner);
  }
});

test('what processes do with the lock they do one after the other', async () => {
  const { folder, program } = await folderWithProgram();
  const counter = join(folder, '..', 'counter');
  await writeFile(counter, '0');

  const counting = Array.from({ length: 4 }, () => startProgram(program, ['count', folder, '25']));
  await Promise.all(counting.map(({ ended }) => ended));

  expect(counting.map(({ child }) => child.exitCode)).toEqual([0, 0, 0, 0]);
  expect(await readFile(counter, 'utf8')).toBe('100');
});

test('an owner that was frozen for longer than its lease sees that it was overtaken', async () => {
  const { folder, program } = await folderWithProgram();
  const [owner] = await startTakers(1, folder, program);
  owner?.tell('take');
  expect(await owner?.printed(2)).toEqual(['ready', 'taken']);
  owner?.child.kill('SIGSTOP');
  expect(await tryLock(folder, fakeClock())).toBeNull();

  await utimes(join(folder, '1'), 1, 1);
  const lock = await tryLock(folder, fakeClock());
  owner?.child.kill('SIGCONT');
  owner?.tell('ask');

  expect(await owner?.printed(3)).toEqual(['ready', 'taken', 'lost']);
  expect(await lock?.isHeld()).toBe(true);
});
