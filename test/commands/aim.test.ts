import { mkdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sight, takeAim } from '../../src/commands/watch/aim.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import { eventId } from '../../src/event/push-event.ts';
import { noteIdOf, readNote } from '../../src/push/notes.ts';
import { saveEvent } from '../../src/spool/shelves.ts';
import { type Spool, openSpool } from '../../src/spool/spool.ts';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const [BEFORE, AFTER] = [oidOf('b'), oidOf('a')];
const MAIN = 'refs/heads/main';

async function makeSpool(): Promise<Spool> {
  return await openSpool(join(await scratchFolder(), 'codearts-hooks'));
}

/** A note of a push of main, written `ago` ms ago; `push`: the process that pushed, null when it was not found. */
async function putNote({ root }: Spool, name: string, push: string | null, ago = 0): Promise<string> {
  const head = ['codearts-hooks 1', 'hook pre-push', 'remote origin', 'url https://host/r.git'];
  const path = join(root, 'notes', name);
  const process = push === null ? [] : [`push ${push}`];
  await mkdir(join(root, 'bad'), { recursive: true });
  await writeFile(path, [...head, ...process, '', `x ${AFTER} ${MAIN} ${BEFORE}`, 'end 1\n'].join('\n'));
  const at = (Date.now() - ago) / 1000;
  await utimes(path, at, at);
  const note = await readNote(join(root, 'notes'), name, join(root, 'bad'));
  if (!note) throw new Error('the test has written a note that cannot be read');
  return noteIdOf(note);
}

/** An event of main as the runner makes it of a note. */
function eventOf(noteId: string, job: string, more: Partial<PushEvent> = {}): PushEvent {
  return pushEvent(job.length, {
    noteId,
    id: eventId(noteId, MAIN, job),
    job: { id: 'f9d6c8466d614a9788e9a0acf6c15f46', name: job },
    startedAt: Date.now() - 20,
    ...more,
  });
}

test.each([
  ['of one process', '77 5'],
  ['of a process that is not known', null],
])('of two notes %s the one that becomes an event is watched, whichever was the newer', async (_n, push) => {
  const spool = await makeSpool();
  const first = await putNote(spool, '77.80', push, 20);
  await putNote(spool, '77.81', push, 10);

  const aim = await takeAim([], [spool]);
  await saveEvent(spool, eventOf(first, 'ci', { pushProcess: push && `${push} ` }));
  await unlink(join(spool.root, 'notes', '77.80'));
  await unlink(join(spool.root, 'notes', '77.81'));

  expect(aim && (await sight(aim, [spool]))).toMatchObject({
    events: [{ noteId: first }],
    open: [],
    isSettling: false,
  });
});

test('what another process has pushed is not of the last push', async () => {
  const spool = await makeSpool();
  await putNote(spool, '66.70', '66 4', 500);
  await putNote(spool, '77.80', '77 5', 10);
  const aim = await takeAim([], [spool]);

  await saveEvent(spool, eventOf('66.70@1', 'docs', { pushProcess: '66 4 ' }));

  expect(aim && (await sight(aim, [spool]))).toMatchObject({ events: [], open: [MAIN] });
});

test('as long as the note is there, more jobs may come of it', async () => {
  const spool = await makeSpool();
  const noteId = await putNote(spool, '77.80', '77 5');
  const aim = await takeAim([], [spool]);
  if (!aim) throw new Error('there is a note');

  await saveEvent(spool, eventOf(noteId, 'ci'));
  const between = await sight(aim, [spool]);
  await saveEvent(spool, eventOf(noteId, 'docs'));
  await unlink(join(spool.root, 'notes', '77.80'));
  const after = await sight(aim, [spool]);

  expect(between).toMatchObject({ events: [{}], open: [], isSettling: true });
  expect(after).toMatchObject({ events: [{}, {}], open: [], isSettling: false });
});

test('an id of a push that is not confirmed is all that it starts', async () => {
  const spool = await makeSpool();
  const noteId = await putNote(spool, '77.80', '77 5');
  const aim = await takeAim([eventId(noteId, MAIN, '').slice(0, 7)], [spool]);

  await saveEvent(spool, eventOf(noteId, 'ci'));
  await saveEvent(spool, eventOf(noteId, 'docs'));
  await unlink(join(spool.root, 'notes', '77.80'));

  expect(aim && (await sight(aim, [spool]))).toMatchObject({ events: [{}, {}], open: [] });
});
