import { mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  completeMoves,
  finishEvent,
  listSlips,
  readEvents,
  readRecentlyFinished,
  saveEvent,
} from '../../src/spool/shelves.ts';
import { type Spool, openSpool } from '../../src/spool/spool.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function makeSpool(): Promise<Spool> {
  return await openSpool(join(await scratchFolder(), 'codearts-hooks'));
}

function nameOf(seq: number): string {
  return `${String(seq).padStart(8, '0')}-${seq.toString(16).padStart(12, '0')}`;
}

async function seqs(spool: Spool): Promise<number[]> {
  return (await readEvents(spool)).map(({ seq }) => seq);
}

test('opening makes what is missing, for the owner alone, and again without complaint', async () => {
  const spool = await makeSpool();

  await openSpool(spool.root);

  expect(await readdir(spool.root)).toEqual(['bad', 'dead', 'done', 'in', 'lock', 'notes', 'q', 'v']);
  expect(((await stat(spool.root)).mode & 0o777).toString(8)).toBe('700');
  expect(await readEvents(spool)).toEqual([]);
});

test('an event is read as it was saved, and replaced by its next state', async () => {
  const spool = await makeSpool();
  const event = pushEvent(1, { reason: '中文\u0000\n"' });
  await saveEvent(spool, event);
  expect(await readEvents(spool)).toEqual([event]);

  await saveEvent(spool, { ...event, state: 'held', hold: 'login' });

  expect(await readEvents(spool)).toEqual([{ ...event, state: 'held', hold: 'login' }]);
  expect(((await stat(join(spool.root, 'q', nameOf(1)))).mode & 0o777).toString(8)).toBe('600');
});

test('events come in the order of their numbers, also past eight digits', async () => {
  const spool = await makeSpool();
  for (const seq of [100_000_000, 2, 99_999_999, 1]) await saveEvent(spool, pushEvent(seq));

  expect(await seqs(spool)).toEqual([1, 2, 99_999_999, 100_000_000]);
});

test.each([
  ['delivered', 'done'],
  ['skipped', 'done'],
  ['superseded', 'done'],
  ['failed', 'dead'],
  ['expired', 'dead'],
] as const)('a %s event is moved to %s', async (state, shelf) => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(1));

  await finishEvent(spool, pushEvent(1, { state }));

  expect(await listSlips(spool)).toEqual([{ shelf, name: nameOf(1), id: '000000000001' }]);
  expect(await readEvents(spool, [shelf])).toMatchObject([{ state }]);
});

test('an event that never waited is finished at once', async () => {
  const spool = await makeSpool();

  await finishEvent(spool, pushEvent(1, { state: 'skipped' }), { durable: false });

  expect(await listSlips(spool)).toMatchObject([{ shelf: 'done' }]);
});

test('a crash between the two steps of a move leaves one event: the later', async () => {
  const spool = await makeSpool();
  await finishEvent(spool, pushEvent(1, { state: 'delivered' }));
  await saveEvent(spool, pushEvent(1, { state: 'sending' }));
  await saveEvent(spool, pushEvent(2));
  expect((await readEvents(spool)).map(({ state }) => state)).toEqual(['delivered', 'queued']);

  await completeMoves(spool);

  expect(await readdir(join(spool.root, 'q'))).toEqual([nameOf(2)]);
  expect(await readEvents(spool, ['q'])).toMatchObject([{ seq: 2 }]);
});

const EVENT = JSON.stringify(pushEvent(1));

test.each([
  ['half of it', EVENT.slice(0, 200)],
  ['nothing', ''],
  ['zeroes, as a crash leaves a file', '\0'.repeat(500)],
  ['a list', '[]'],
  ['a later version', EVENT.replace('"v":1', '"v":2')],
  ['no attempts', EVENT.replace('"attempts":[]', '"attempts":null')],
  ['no state', EVENT.replace('"state"', '"stat"')],
  ['no number', EVENT.replace('"seq":1', '"seq":"1"')],
  ['more than a megabyte', EVENT.replace('push 1', 'x'.repeat(1024 * 1024))],
])('a file with %s is put aside, once, and the others are read', async (_, text) => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(2));
  await writeFile(join(spool.root, 'q', nameOf(1)), text);

  expect(await seqs(spool)).toEqual([2]);
  expect(await readdir(join(spool.root, 'bad'))).toEqual([nameOf(1)]);
  expect(await readFile(join(spool.root, 'bad', nameOf(1)), 'utf8')).toBe(text);
  expect(await seqs(spool)).toEqual([2]);
});

test('a copy of an event under another name is put aside: it would be sent for ever', async () => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(1));
  await writeFile(join(spool.root, 'q', nameOf(7)), EVENT);

  expect(await seqs(spool)).toEqual([1]);
  expect(await readdir(join(spool.root, 'bad'))).toEqual([nameOf(7)]);
});

test('a folder with the name of an event is put aside', async () => {
  const spool = await makeSpool();
  await mkdir(join(spool.root, 'q', nameOf(1)));

  expect(await seqs(spool)).toEqual([]);
  expect(await readdir(join(spool.root, 'bad'))).toEqual([nameOf(1)]);
});

test('files of others are neither read nor touched', async () => {
  const spool = await makeSpool();
  const names = ['.DS_Store', `.${nameOf(1)}.abc.tmp`, 'notes.txt', '1-abc', `${nameOf(1)}~`];
  for (const name of names) await writeFile(join(spool.root, 'q', name), 'x');

  expect(await listSlips(spool)).toEqual([]);
  expect((await readdir(join(spool.root, 'q'))).sort()).toEqual(names.sort());
});

test('what was finished since a time is read, the newest first, and nothing older', async () => {
  const spool = await makeSpool();
  const at = (seq: number): Date => new Date(1_767_225_600_000 + seq * 1000);
  for (const [seq, state] of [
    [1, 'delivered'],
    [2, 'failed'],
    [3, 'delivered'],
    [4, 'delivered'],
  ] as const) {
    await finishEvent(spool, pushEvent(seq, { state }));
    await utimes(join(spool.root, state === 'failed' ? 'dead' : 'done', nameOf(seq)), at(seq), at(seq));
  }

  const found = await readRecentlyFinished(spool, at(2).getTime());

  expect(found.map(({ seq }) => seq)).toEqual([4, 3, 2]);
});

test('a spool whose folders have gone is empty', async () => {
  const spool = { root: join(await scratchFolder(), 'gone') };

  expect(await listSlips(spool)).toEqual([]);
  await completeMoves(spool);
});
