import { mkdir, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withIntakeLock } from '../../src/spool/intake-lock.ts';
import {
  eachEvent,
  findEvent,
  finishEvent,
  listSlips,
  readDeadSince,
  readEvents,
  readRecentlyFinished,
  readSlip,
  reopenEvent,
  rereadEvent,
  saveEvent,
  saveEvents,
  settleEvent,
} from '../../src/spool/shelves.ts';
import { type Spool, openSpool } from '../../src/spool/spool.ts';
import { fileName, parseEvent } from '../../src/spool/stored-event.ts';
import { tryLock } from '../../src/platform/lock.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { run } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function makeSpool(): Promise<Spool> {
  return await openSpool(join(await scratchFolder(), 'codearts-hooks'));
}

const NAME = fileName(pushEvent(1));

test('many events are written at once, each under its own name; none is no work', async () => {
  const spool = await makeSpool();
  const events = Array.from({ length: 70 }, (_, n) => pushEvent(n + 1));

  await saveEvents(spool, []);
  await saveEvents(spool, events);

  expect(await readEvents(spool)).toEqual(events);
});

test('the next state of an event is where it belongs: a final one has left the queue', async () => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(1));

  await settleEvent(spool, pushEvent(1, { state: 'held', hold: 'login' }));
  expect(await listSlips(spool)).toMatchObject([{ shelf: 'q' }]);
  await settleEvent(spool, pushEvent(1, { state: 'delivered' }));
  expect(await listSlips(spool)).toMatchObject([{ shelf: 'done' }]);
  expect(await rereadEvent(spool, pushEvent(1))).toBeNull();
});

/** Moves all that is in the queue to `done`, in the order of `finishEvent`. */
const MOVER = `for name in q/*; do
  name=\${name#q/}
  cp "q/$name" "done/.$name"
  mv "done/.$name" "done/$name"
  rm "q/$name"
done`;

/** What `look` sees again and again while another process runs a script in the spool. */
async function whileRunning(
  script: string,
  { root }: Spool,
  look: () => Promise<readonly number[]>,
): Promise<number[]> {
  const mover = { isMoving: true };
  const env = { PATH: process.env['PATH'] ?? '' };
  const moves = run('sh', ['-c', script], { cwd: root, env }).finally(() => {
    mover.isMoving = false;
  });
  const seen: number[] = [];
  while (mover.isMoving) {
    seen.push(...(await look()));
    await setImmediate();
  }
  await moves;
  return seen;
}

test('what another process finishes while we read is missed by nobody, and read once', async () => {
  const spool = await makeSpool();
  const events = Array.from({ length: 150 }, (_, n) => pushEvent(n + 1, { state: 'delivered' }));
  await saveEvents(spool, events);
  const counts = await whileRunning(MOVER, spool, async () => {
    const found = await Promise.all(events.map(async (event) => await findEvent(spool, event)));
    return [
      (await readEvents(spool)).length,
      new Set((await listSlips(spool)).map(({ id }) => id)).size,
      found.filter(Boolean).length,
    ];
  });

  expect(counts.length).toBeGreaterThan(9);
  expect(counts.filter((count) => count !== events.length)).toEqual([]);
});

test('events that move while they are read one after the other are read where they are; what is gone is not', async () => {
  const spool = await makeSpool();
  await saveEvents(
    spool,
    [1, 2, 3, 4].map((seq) => pushEvent(seq)),
  );
  await finishEvent(spool, pushEvent(5, { state: 'failed' }));
  const read: string[] = [];

  for await (const { seq, state } of eachEvent(spool)) {
    read.push(`${seq} ${state}`);
    if (seq !== 1) continue;
    await finishEvent(spool, pushEvent(2, { state: 'delivered' }));
    await finishEvent(spool, pushEvent(3, { state: 'failed' }));
    await rm(join(spool.root, 'q', fileName(pushEvent(4))));
    await reopenEvent(spool, pushEvent(5, { state: 'failed' }));
  }

  expect(read).toEqual(['1 queued', '2 delivered', '3 failed', '5 failed']);
});

test('of what was finished lately, what is damaged is put aside', async () => {
  const spool = await makeSpool();
  await finishEvent(spool, pushEvent(1, { state: 'delivered' }));
  await finishEvent(spool, pushEvent(2, { state: 'failed' }));
  await writeFile(join(spool.root, 'done', fileName(pushEvent(3))), '{');

  expect((await readRecentlyFinished(spool, 0)).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(await readdir(join(spool.root, 'bad'))).toEqual([fileName(pushEvent(3))]);
});

test('what another process takes back into the queue while we look is missed by nobody', async () => {
  const spool = await makeSpool();
  const events = Array.from({ length: 150 }, (_, n) => pushEvent(n + 1, { state: 'delivered' }));
  for (const event of events) await finishEvent(spool, event, { durable: false });

  const counts = await whileRunning('for name in done/*; do mv "$name" q/; done', spool, async () => [
    new Set((await listSlips(spool)).map(({ id }) => id)).size,
    (await readEvents(spool)).length,
  ]);

  expect(counts.length).toBeGreaterThan(9);
  expect(counts.filter((count) => count !== events.length)).toEqual([]);
});

test('an event is found where it is, and nowhere when its file is gone', async () => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(1));
  const waiting = await findEvent(spool, pushEvent(1));
  await settleEvent(spool, pushEvent(1, { state: 'failed' }));
  const failed = await findEvent(spool, pushEvent(1));
  await rm(join(spool.root, 'dead', NAME));

  expect(waiting).toMatchObject({ state: 'queued' });
  expect(failed).toMatchObject({ state: 'failed' });
  expect(await findEvent(spool, pushEvent(1))).toBeNull();
});

test.each(['failed', 'expired', 'delivered'] as const)(
  'a %s event comes back into the queue as it is',
  async (state) => {
    const spool = await makeSpool();
    const event = pushEvent(1, { state });
    await finishEvent(spool, event);

    await reopenEvent(spool, event);

    expect(await listSlips(spool)).toEqual([{ shelf: 'q', name: NAME, id: event.id }]);
    expect(await rereadEvent(spool, event)).toEqual(event);
  },
);

test('of what has failed, that since a time is told, from old to new', async () => {
  const spool = await makeSpool();
  for (const seq of [1, 2, 3]) {
    const event = pushEvent(seq, { state: 'failed' });
    await finishEvent(spool, event);
    await utimes(join(spool.root, 'dead', fileName(event)), seq, seq);
  }
  await writeFile(join(spool.root, 'dead', fileName(pushEvent(4))), 'half');

  expect((await readDeadSince(spool, 2000)).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('a folder in an event’s place is put aside; what the system refuses is not', async () => {
  const spool = await makeSpool();
  const circle = fileName(pushEvent(2));
  await mkdir(join(spool.root, 'q', NAME));
  await symlink(circle, join(spool.root, 'q', circle));
  const [folder, link] = await listSlips(spool);

  expect(folder && (await readSlip(spool, folder))).toBeNull();
  expect(await readdir(join(spool.root, 'bad'))).toEqual([NAME]);
  await expect(link && readSlip(spool, link)).rejects.toMatchObject({ code: 'ELOOP' });
  expect(await readdir(join(spool.root, 'q'))).toEqual([circle]);
});

test.each([
  ['no JSON', '{"v":1'],
  ['no object', '[1]'],
  ['another form', '{"v":1}'],
  ['another event', JSON.stringify(pushEvent(2))],
])('a file with %s is no event', (_, text) => {
  expect(parseEvent(NAME, text)).toBeNull();
});

test('while another has the intake nothing is done, and after a minute it is given up', async () => {
  const spool = await makeSpool();
  const clock = fakeClock(async () => false);
  const folder = join(spool.root, 'lock', 'intake');
  let works = 0;
  const work = async (): Promise<void> => {
    works += 1;
  };
  const lock = await tryLock(folder, clock);
  const startedAt = clock.now();

  expect(await withIntakeLock(spool, clock, work)).toBe(false);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(60_000);
  await lock?.release();
  expect(await withIntakeLock(spool, clock, work)).toBe(true);

  expect(works).toBe(1);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

test('work that fails gives the intake back', async () => {
  const spool = await makeSpool();
  const clock = fakeClock(async () => false);
  const failing = withIntakeLock(spool, clock, async () => {
    throw new Error('no disk');
  });

  await expect(failing).rejects.toThrow('no disk');
  expect(await withIntakeLock(spool, clock, async () => undefined)).toBe(true);
});
