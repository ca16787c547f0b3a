import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishEvent, listSlips } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { tidySpool } from '../../src/spool/tidy.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();

async function age(path: string, ms: number): Promise<void> {
  await utimes(path, (NOW - ms) / 1000, (NOW - ms) / 1000);
}

/** A spool with `count` final events, each `ageOf(seq)` milliseconds old. */
async function withFinished(count: number, ageOf: (seq: number) => number) {
  const spool = await openSpool(join(await scratchFolder(), 'codearts-hooks'));
  for (let seq = 1; seq <= count; seq += 1) {
    await finishEvent(spool, pushEvent(seq, { state: 'delivered' }), { durable: false });
  }
  for (const { name } of await listSlips(spool, ['done'])) {
    await age(join(spool.root, 'done', name), ageOf(Number(name.split('-')[0])));
  }
  return spool;
}

async function seqs(spool: { readonly root: string }): Promise<number[]> {
  return (await listSlips(spool)).map(({ name }) => Number(name.split('-')[0]));
}

test('of final events the newest five hundred are kept', async () => {
  const spool = await withFinished(505, () => 5 * DAY);

  await tidySpool(spool, NOW);

  expect(await seqs(spool)).toEqual(Array.from({ length: 500 }, (_, index) => index + 6));
});

test('none is kept for more than thirty days', async () => {
  const spool = await withFinished(3, (seq) => (seq === 2 ? 31 * DAY : 29 * DAY));

  await tidySpool(spool, NOW);

  expect(await seqs(spool)).toEqual([1, 3]);
});

test('what a note that is not settled may make again is kept, however many there are', async () => {
  const spool = await withFinished(510, () => 3 * DAY);

  await tidySpool(spool, NOW);

  expect(await seqs(spool)).toHaveLength(510);
});

test('what waits is never tidied away', async () => {
  const spool = await withFinished(0, () => 0);
  const path = join(spool.root, 'q', '00000001-000000000001');
  await writeFile(path, JSON.stringify(pushEvent(1)));
  await age(path, 400 * DAY);

  await tidySpool(spool, NOW);

  expect(await seqs(spool)).toEqual([1]);
});

test('files that somebody was killed over go after an hour, and what belonged to notes that are gone after a day', async () => {
  const spool = await withFinished(0, () => 0);
  const files: Record<string, number> = {
    'q/.00000001-000000000001.abc.tmp': 2 * HOUR,
    'q/.00000002-000000000002.abc.tmp': HOUR / 2,
    'lock/7.abc.draft': 2 * HOUR,
    'lock/intake/.8.abc.draft.def.tmp': 2 * HOUR,
    'notes/1.2.rt': 2 * DAY,
    'notes/1.2.watch': 2 * DAY,
    'notes/3.4.rt': HOUR,
    'notes/5.6': 2 * DAY,
    'notes/5.6.watch': 2 * DAY,
    'notes/cur.77': 2 * DAY,
  };
  for (const [name, ms] of Object.entries(files)) {
    await writeFile(join(spool.root, name), 'x');
    await age(join(spool.root, name), ms);
  }

  await tidySpool(spool, NOW);

  expect(await readdir(join(spool.root, 'q'))).toEqual(['.00000002-000000000002.abc.tmp']);
  expect(await readdir(join(spool.root, 'lock'))).toEqual(['intake']);
  expect(await readdir(join(spool.root, 'lock', 'intake'))).toEqual([]);
  expect((await readdir(join(spool.root, 'notes'))).toSorted()).toEqual(['3.4.rt', '5.6', '5.6.watch']);
});

test('it looks once an hour, and not at every push', async () => {
  const spool = await withFinished(0, () => 0);
  await tidySpool(spool, NOW);
  const draft = join(spool.root, 'q', '.x.tmp');
  await writeFile(draft, '');
  await age(draft, 2 * HOUR);

  await tidySpool(spool, NOW + 10_000);
  expect(await readdir(join(spool.root, 'q'))).toEqual(['.x.tmp']);
  await tidySpool(spool, NOW + 2 * HOUR);

  expect(await readdir(join(spool.root, 'q'))).toEqual([]);
});
