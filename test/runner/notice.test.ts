import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/config/preference-values.ts';
import { writeNotice } from '../../src/runner/notice.ts';
import { finishEvent } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { fileName } from '../../src/spool/stored-event.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

/** A repository whose time is told by the test, in seconds from its start. */
async function makeTimes() {
  const stateDir = join(await scratchFolder(), 'codearts-hooks');
  const spool = await openSpool(stateDir);
  let now = START;
  const effects = { env: {}, clock: { now: () => now, sleep: async () => undefined } };
  const startedAt = START;
  const run = {
    stateDir,
    spool,
    startedAt,
    effects,
    preferences: { ...DEFAULT_PREFERENCES, language: 'en' as const },
  };
  return {
    /** A trigger fails then. */
    fail: async (seq: number, second: number) => {
      const event = pushEvent(seq, { state: 'failed', reason: `reason ${seq}` });
      await finishEvent(spool, event);
      const at = START / 1000 + second;
      await utimes(join(stateDir, 'dead', fileName(event)), at, at);
    },
    /** The file as another version has left it. */
    put: async (text: string) => await writeFile(join(stateDir, 'notice'), text),
    /** A run ends then, of a push that began at `pushedAt`; gives what the next push prints. */
    notice: async (second: number, pushedAt: number | null) => {
      now = START + second * 1000;
      await writeNotice(run, pushedAt === null ? null : START + pushedAt * 1000);
      return (await readFile(join(stateDir, 'notice'), 'utf8')).split('\n')[0];
    },
  };
}

test('a failure is told by one push, and not by the next', async () => {
  const { fail, notice } = await makeTimes();
  await fail(1, 5);

  expect(await notice(6, 0)).toMatch(/^codearts-hooks: 1 trigger failed: reason 1;/);
  expect(await notice(20, 10)).toBe('');
});

test('what fails while a push is under way is told by the one after it', async () => {
  const { fail, notice } = await makeTimes();
  await notice(1, 0);
  // A push begins at 10, and takes until 40. Meanwhile an earlier one's trigger fails, and its run ends.
  await fail(1, 20);
  expect(await notice(21, 0)).toContain('1 trigger failed');

  expect(await notice(41, 10)).toContain('1 trigger failed');
  expect(await notice(60, 50)).toBe('');
});

test('what fails before a push, in a run that has not ended when it begins, is told by the one after it', async () => {
  const { fail, notice } = await makeTimes();
  await notice(1, 0);
  await fail(1, 5);

  expect(await notice(12, 10)).toContain('1 trigger failed');
  expect(await notice(31, 30)).toBe('');
});

test('a run of no push, or of one that prints nothing, leaves it to the next', async () => {
  const { fail, notice } = await makeTimes();
  await fail(1, 5);
  await notice(6, 0);

  expect(await notice(20, null)).toContain('1 trigger failed');
  await fail(2, 25);
  expect(await notice(30, null)).toContain('2 triggers failed: reason 2');
  expect(await notice(50, 40)).toBe('');
});

test.each([
  ['of an earlier version', (since: number) => `codearts-hooks: 1 trigger failed\n${since}\n`],
  ['of a clock that was ahead', (since: number) => `told\n${since + 9e8}\n${since + 9e8} ${since + 9e8}\n`],
  ['that is damaged', () => 'codearts-hooks: x\ny\nz'],
])('after a notice %s a failure is told once, and the next one too', async (_name, text) => {
  const { fail, notice, put } = await makeTimes();
  await fail(1, 5);
  await put(text(START));

  expect(await notice(20, 10)).toBe('');
  await fail(2, 25);
  expect(await notice(26, 24)).toContain('1 trigger failed: reason 2');
  expect(await notice(40, 30)).toBe('');
});
