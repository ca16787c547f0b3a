import { appendFile, mkdir, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { SYSTEM } from '../../src/platform/system.ts';
import { bootId, ownIdentity } from '../../src/platform/processes.ts';
import {
  endOf,
  isPushOver,
  isWatched,
  noteIdOf,
  noteNames,
  pushProcessOf,
  readNote,
  readNotes,
  readTransaction,
  removeNote,
} from '../../src/push/notes.ts';
import { oidOf } from '../fixtures/oid.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { startSleeper } from '../fixtures/sleeper.ts';

const A = oidOf('a');
const B = oidOf('b');

interface Folders {
  readonly folder: string;
  readonly bad: string;
}

async function folders(): Promise<Folders> {
  return { folder: await scratchFolder(), bad: await scratchFolder() };
}

/** Writes a note of a push by the process `push`. */
async function writeNote({ folder }: Folders, name: string, push = '0 0', hook = 'pre-push'): Promise<void> {
  const line = hook === 'pre-push' ? `x ${A} refs/heads/main ${B}` : `${B} ${A} refs/heads/main`;
  const header = [`hook ${hook}`, `push ${push}`, `boot ${bootId()}`, 'remote origin', 'url /r'];
  await writeFile(join(folder, name), ['codearts-hooks 1', ...header, '', line, 'end 1\n'].join('\n'));
}

async function stored(all: Folders, name = '1.2') {
  const note = await readNote(all.folder, name, all.bad);
  if (!note) throw new Error('the test has no note');
  return note;
}

test('of a folder, only what has the name of a note is one', async () => {
  const all = await folders();
  for (const name of ['7.8', '7.8.1', '7.8.rt', '7.8.watch', 'cur.7', '.7.8.tmp', 'x.1']) {
    await writeFile(join(all.folder, name), '');
  }

  expect(await noteNames(all.folder)).toEqual(['7.8', '7.8.1']);
});

test('notes are read in the order in which they were written', async () => {
  const all = await folders();
  for (const [at, name] of ['9.9', '1.1', '5.5'].entries()) {
    await writeNote(all, name);
    await utimes(join(all.folder, name), at, at);
  }

  const notes = await readNotes(all.folder, all.bad);

  expect(notes.map(({ name }) => name)).toEqual(['9.9', '1.1', '5.5']);
  expect(notes.map(({ startedAt }) => startedAt)).toEqual([0, 1000, 2000]);
});

test('a note that another run has settled is null', async () => {
  const all = await folders();

  expect(await readNote(all.folder, '1.2', all.bad)).toBeNull();
});

test('what cannot be read waits while its writer lives, and is put aside afterwards', async () => {
  const all = await folders();
  const writer = await startSleeper();
  const name = `1.${writer.pid}`;
  await writeFile(join(all.folder, name), 'codearts-hooks 1\nhook pre-');

  expect(await readNote(all.folder, name, all.bad)).toBeNull();
  expect(await readdir(all.folder)).toEqual([name]);
  await writer.end();
  expect(await readNote(all.folder, name, all.bad)).toBeNull();

  expect(await readdir(all.folder)).toEqual([]);
  expect(await readdir(all.bad)).toEqual([name]);
});

test('a note that its writer ends after we have read it, and goes, is a note', async () => {
  const { folder, bad } = await folders();
  // The writer ends just as the reader looks whether it lives.
  const name = '1.4194300';
  const path = join(folder, name);
  await writeFile(path, '');
  const look = vi.spyOn(SYSTEM, 'look').mockImplementation(() => {
    writeFileSync(path, 'codearts-hooks 1\nhook post-receive\n\nend 0\n');
    return { isRunning: false };
  });

  const note = await readNote(folder, name, bad);
  look.mockRestore();

  expect(note).toMatchObject({ name, note: { hook: 'post-receive', updates: [] } });
  expect(await readdir(bad)).toEqual([]);
});

test('a note’s id has the time of its writing, and the process that pushed its own', async () => {
  const { folder, bad } = await folders();
  const name = '77.80';
  const text = (head: string) => `codearts-hooks 1\nhook pre-push\n${head}\nend 0\n`;
  const read = async (head: string) => {
    await writeFile(join(folder, name), text(head));
    await utimes(join(folder, name), 1000.5, 1000.5);
    const note = await readNote(folder, name, bad);
    return note && [noteIdOf(note), pushProcessOf(note)];
  };

  expect(await read('')).toEqual(['77.80@1000500', null]);
  expect(await read('push 77 5\n')).toEqual(['77.80@1000500', '77 5 ']);
  expect(await read('boot b-1\npush 77 5\n')).toEqual(['77.80@1000500', '77 5 b-1']);
});

test('a note of more than 64 MiB is put aside', async () => {
  const all = await folders();
  const name = `1.${2 ** 22 + 1}`;
  await writeFile(join(all.folder, name), 'codearts-hooks 1');
  await truncate(join(all.folder, name), 64 * 1024 * 1024 + 1);

  expect(await readNote(all.folder, name, all.bad)).toBeNull();
  expect(await readdir(all.bad)).toEqual([name]);
});

test('one note that cannot be read keeps no other from being read', async () => {
  const all = await folders();
  await writeNote(all, '1.2');
  await writeFile(join(all.folder, `1.${2 ** 22 + 1}`), '\0'.repeat(100));

  expect((await readNotes(all.folder, all.bad)).map(({ name }) => name)).toEqual(['1.2']);
});

test('a push is over when its process has ended', async () => {
  const all = await folders();
  const push = await startSleeper();
  await writeNote(all, '1.2', `${push.pid} `);
  expect(isPushOver(await stored(all))).toBe(false);

  await push.end();

  expect(isPushOver(await stored(all))).toBe(true);
});

test('a push is over when its process id is another process by now', async () => {
  const all = await folders();
  await writeNote(all, '1.2', `${process.pid} 1`);

  expect(isPushOver(await stored(all))).toBe(true);
});

test('nobody can tell of a push whose process was not found', async () => {
  const all = await folders();
  await writeNote(all, '1.2');

  expect(isPushOver(await stored(all))).toBe(false);
});

test.each(['post-push', 'post-receive'])('a push that %s tells of is over', async (hook) => {
  const all = await folders();
  await writeNote(all, '1.2', '0 0', hook);

  const note = await stored(all);
  expect(isPushOver(note)).toBe(true);
  expect(await endOf(note)).toBe(note.startedAt);
});

test('a note is watched while its watcher runs', async () => {
  const all = await folders();
  await writeNote(all, '1.2');
  expect(await isWatched(await stored(all))).toBe(false);

  const { pid, start } = ownIdentity();
  await writeFile(join(all.folder, '1.2.watch'), `${pid} ${start}\n`);
  expect(await isWatched(await stored(all))).toBe(true);

  await writeFile(join(all.folder, '1.2.watch'), `${pid} 1\n`);
  expect(await isWatched(await stored(all))).toBe(false);

  await writeFile(join(all.folder, '1.2.watch'), '');
  expect(await isWatched(await stored(all))).toBe(false);

  await rm(join(all.folder, '1.2.watch'));
  await mkdir(join(all.folder, '1.2.watch'));
  expect(await isWatched(await stored(all))).toBe(false);
});

test('the end of a push is when its watcher has written it down', async () => {
  const all = await folders();
  await writeNote(all, '1.2');
  const watch = join(all.folder, '1.2.watch');
  expect(await endOf(await stored(all))).toBeNull();

  await writeFile(watch, '17 1234\n');
  expect(await endOf(await stored(all))).toBeNull();

  await writeFile(watch, '17 1234\nover\n');
  expect(await endOf(await stored(all))).toBe((await stat(watch)).mtimeMs);
});

test('a folder in a note’s place is put aside', async () => {
  const all = await folders();
  const name = `1.${2 ** 22 + 1}`;
  await mkdir(join(all.folder, name));

  expect(await readNote(all.folder, name, all.bad)).toBeNull();
  expect(await readdir(all.bad)).toEqual([name]);
});

test('what the reference-transaction shim recorded is read, and a cut last line is not', async () => {
  const all = await folders();
  await writeNote(all, '1.2');
  expect(await readTransaction(await stored(all))).toEqual([]);

  await appendFile(
    join(all.folder, '1.2.rt'),
    `${oidOf('0')} ${A} refs/remotes/origin/main\n${oidOf('0')} a`,
  );

  expect(await readTransaction(await stored(all))).toEqual([{ after: A, ref: 'refs/remotes/origin/main' }]);
});

test('a settled note goes with all that belongs to it, and goes again without complaint', async () => {
  const all = await folders();
  await writeNote(all, '1.2');
  await writeNote(all, '1.2.1');
  for (const suffix of ['.rt', '.watch']) await writeFile(join(all.folder, `1.2${suffix}`), '');
  const note = await stored(all);

  await removeNote(note);
  await removeNote(note);

  expect(await readdir(all.folder)).toEqual(['1.2.1']);
});

test('a note of a folder that has gone is null', async () => {
  const all = await folders();
  await rm(all.folder, { recursive: true });

  expect(await readNotes(all.folder, all.bad)).toEqual([]);
});
