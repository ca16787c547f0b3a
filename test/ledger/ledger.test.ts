import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendToLedger } from '../../src/ledger/ledger.ts';
import type { Attempt } from '../../src/event/push-event.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const ATTEMPT: Attempt = {
  at: '2026-01-01T00:00:00.000Z',
  durationMs: 12,
  httpStatus: 200,
  errorCode: null,
  requestId: 'r',
  outcome: 'accepted',
};
const EVENT = pushEvent(1, {
  state: 'delivered',
  attempts: [{ ...ATTEMPT, outcome: 'retry' }, ATTEMPT],
  build: { jobName: 'j', number: '20', dailyNumber: '20200612.20' },
});

async function lines(folder: string): Promise<unknown[]> {
  const text = await readFile(join(folder, 'ledger.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('an attempt is one line, with what became of the event', async () => {
  const folder = await scratchFolder();

  expect(await appendToLedger(folder, EVENT)).toBe(true);
  expect(await appendToLedger(folder, { ...EVENT, job: null, build: null })).toBe(true);

  const line = {
    ...ATTEMPT,
    id: EVENT.id,
    attempt: 2,
    job: 'ci',
    ref: 'refs/heads/main',
    after: EVENT.after,
    state: 'delivered',
    build: '20',
  };
  expect(await lines(folder)).toEqual([line, { ...line, job: null, build: null }]);
  expect(((await stat(join(folder, 'ledger.jsonl'))).mode & 0o777).toString(8)).toBe('600');
});

test('an event without an attempt leaves no line', async () => {
  const folder = await scratchFolder();

  expect(await appendToLedger(folder, pushEvent(1))).toBe(true);

  await expect(stat(join(folder, 'ledger.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a ledger over 5 MiB is put aside once, and begins anew', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'ledger.jsonl'), 'x'.repeat(5 * 1024 * 1024 + 1));
  await writeFile(join(folder, 'ledger.jsonl.1'), 'older');

  await appendToLedger(folder, EVENT);

  expect(await lines(folder)).toHaveLength(1);
  expect((await stat(join(folder, 'ledger.jsonl.1'))).size).toBe(5 * 1024 * 1024 + 1);
});

test('a ledger that cannot be written costs a line and nothing else', async () => {
  expect(await appendToLedger('/proc/nowhere', EVENT)).toBe(false);
});
