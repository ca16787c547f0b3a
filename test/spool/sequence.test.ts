import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeNumbers } from '../../src/spool/sequence.ts';
import { finishEvent, saveEvent } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function makeSpool() {
  return await openSpool(await scratchFolder());
}

test('numbers begin with 1 and go on from run to run', async () => {
  const spool = await makeSpool();

  expect(await takeNumbers(spool, 1)).toBe(1);
  expect(await takeNumbers(spool, 3)).toBe(2);
  expect(await takeNumbers(spool, 1)).toBe(5);
  expect(await readFile(join(spool.root, 'seq'), 'utf8')).toBe('6\n');
});

test.each([
  ['is gone', null],
  ['is empty', ''],
  ['is noise', '\0\0\0'],
  ['is no whole number', '1.5'],
  ['is below one', '0'],
  ['is not in digits', '1e3'],
  ['is past what can be counted', '9'.repeat(20)],
  ['is far too long', 'x'.repeat(10_000)],
])('a counter that %s goes on after the highest number in use, on whatever shelf', async (_, text) => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(7));
  await finishEvent(spool, pushEvent(41, { state: 'delivered' }));
  await finishEvent(spool, pushEvent(12, { state: 'failed' }));
  if (text === null) await rm(join(spool.root, 'seq'), { force: true });
  else await writeFile(join(spool.root, 'seq'), text);

  expect(await takeNumbers(spool, 2)).toBe(42);
  expect(await takeNumbers(spool, 1)).toBe(44);
});
