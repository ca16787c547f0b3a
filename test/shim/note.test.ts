import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseNote } from '../../src/hook/note.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { inEachShell } from './shells.ts';
import { lines, useStage } from './stage.ts';

const OLD = '1'.repeat(40);
const NEW = '2'.repeat(40);
const ORIGIN = ['origin', '../remote.git'] as const;

const makeStage = useStage();

inEachShell('the note', (shell) => {
  test.each([0, 1, 3, 99, 100, 101, 2000])('holds %i updates, line by line', async (count) => {
    const stage = await makeStage(shell);

    const ran = await stage.hook('pre-push', ORIGIN, { stdin: lines(count) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    const text = await stage.noteText(`${process.pid}.${ran.pid}`);
    expect(text.replace(/^push \d+ \d+$/m, 'push')).toBe(
      [
        'codearts-hooks 1',
        'hook pre-push',
        'push',
        `boot ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`,
        `cwd ${stage.dir}`,
        'git-dir .git',
        'remote origin',
        'url ../remote.git',
        '',
        `${lines(count)}end ${count}`,
        '',
      ].join('\n'),
    );
    expect(parseNote(text).updates).toHaveLength(count);
  });

  test('has names as they are, whatever a shell would make of them', async () => {
    const stage = await makeStage(shell);
    const names = [
      '中文',
      '`id`',
      '%s%n',
      '$(id)',
      '${PPID}',
      '*',
      '-n',
      '!!',
      '\\\\n',
      "a'b",
      'a"b',
      'a;b|c&d',
    ];
    const stdin = names.map((name) => `x~1 ${NEW} refs/heads/${name} ${OLD}\n`).join('');

    await stage.hook('pre-push', ORIGIN, { stdin });

    const [note] = await stage.notes();
    expect(note?.updates).toEqual(
      names.map((name) => ({ ref: `refs/heads/${name}`, before: OLD, after: NEW, localRef: 'x~1' })),
    );
  });

  test.each([1, 99, 100, 101, 130])('has the last of %i lines too when it lacks its end', async (count) => {
    const stage = await makeStage(shell);

    await stage.hook('pre-push', ORIGIN, { stdin: lines(count).slice(0, -1) });

    const [name = ''] = await stage.noteNames();
    expect(await stage.noteText(name)).toContain(`\n\n${lines(count)}end ${count}\n`);
  });

  test('has a ref as long as git takes it', async () => {
    const stage = await makeStage(shell);
    const ref = `refs/heads/${'long/'.repeat(800)}x`;

    await stage.hook('pre-push', ORIGIN, { stdin: `${ref} ${NEW} ${ref} ${OLD}\n` });

    expect(await stage.notes()).toMatchObject([{ updates: [{ ref, localRef: ref }] }]);
  });

  test('is there before the earlier hook and the runner are started', async () => {
    const stage = await makeStage(shell);
    const next = join(stage.hooks, 'pre-push.next');
    await writeFile(next, `#!/bin/sh\nls .git/codearts-hooks/notes\n`);
    await chmod(next, 0o755);

    const ran = await stage.hook('pre-push', ORIGIN, { stdin: lines(1) });

    const name = `${process.pid}.${ran.pid}`;
    expect(ran.stdout).toBe(`${name}\n`);
    const [run] = await stage.started();
    expect(run).toMatchObject({ argv: ['push', name], stdin: '' });
    expect(run?.notes).toContain(name);
  });

  test('says that it is off, and is written all the same', async () => {
    const stage = await makeStage(shell);
    const env = { CODEARTS_HOOKS: '0' };
    await writeFile(join(stage.state, 'notice'), 'codearts-hooks: 1 trigger waits\n');

    const ran = await stage.hook('pre-push', ORIGIN, { stdin: lines(1), env });

    expect(ran.stderr).toBe('');
    expect(await stage.notes()).toMatchObject([{ off: true, updates: [{ ref: 'refs/heads/b0' }] }]);
  });

  test('tells what the last run has left to tell', async () => {
    const stage = await makeStage(shell);
    await writeFile(join(stage.state, 'notice'), 'codearts-hooks: 100 %s wait\n');

    const ran = await stage.hook('pre-push', ORIGIN, { stdin: lines(1) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: 'codearts-hooks: 100 %s wait\n' });
  });

  test('is one of forty when forty pushes note at once', async () => {
    const stage = await makeStage(shell);

    const ran = await Promise.all(
      Array.from({ length: 40 }, () => stage.hook('pre-push', ORIGIN, { stdin: lines(3) })),
    );

    expect(ran.every(({ exitCode, stderr }) => exitCode === 0 && stderr === '')).toBe(true);
    expect((await stage.noteNames()).sort()).toEqual(ran.map(({ pid }) => `${process.pid}.${pid}`).sort());
    expect((await stage.notes()).every(({ updates }) => updates.length === 3)).toBe(true);
    await stage.started(40);
  });

  test.skipIf(lacks('mounts'))('takes the next name where another container has the same ids', async () => {
    const stage = await makeStage(shell);
    const by = ['unshare', '--pid', '--fork'];

    const ran = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((count) => stage.hook('pre-push', ORIGIN, { stdin: lines(count), by })),
    );

    expect(ran.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await stage.noteNames()).sort()).toEqual(['0.1', '0.1.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5']);
    expect((await stage.notes()).map(({ updates }) => updates.length).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });
});
