import { copyFile, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseNote } from '../../src/hook/note.ts';
import { until } from '../fixtures/run.ts';
import { inEachShell } from './shells.ts';
import { useStage } from './stage.ts';

const OLD = '1'.repeat(40);
const NEW = '2'.repeat(40);
const URL = 'https://alice:S3CR-canary-7b@host/r.git';
const LINE = `${OLD} ${NEW} refs/heads/main\n`;

const makeStage = useStage();

inEachShell('post-push', (shell) => {
  test.each([0, 1, 99, 100, 101, 2000])('takes in %i updates', async (count) => {
    const stage = await makeStage(shell);
    const stdin = Array.from({ length: count }, (_, n) => `${OLD} ${NEW} refs/heads/b${n}\n`).join('');

    const ran = await stage.hook('post-push', ['origin', URL], { stdin });
    const [started] = await stage.started();

    const name = `${process.pid}.${ran.pid}`;
    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await stage.noteText(name, 'in')).toBe(
      `codearts-hooks 1\nhook post-push\ncwd ${stage.dir}\ngit-dir ${stage.dir}/.git\n` +
        `remote origin\nurl https://host/r.git\n\n${stdin}end ${count}\n`,
    );
    expect(started).toMatchObject({ argv: ['in', name], stdin: '', session: started?.pid, cwd: stage.state });
  });

  test('says where it was called: in the top folder, whatever the folder', async () => {
    const stage = await makeStage(shell);
    const cwd = join(stage.dir, 'a', 'b');
    await mkdir(cwd, { recursive: true });

    await stage.hook('post-push', ['origin', 'u'], { stdin: LINE, cwd, path: '../../.git/hooks/post-push' });

    expect(await stage.notes('in')).toMatchObject([
      {
        cwd: stage.dir,
        gitDir: `${stage.dir}/.git`,
        updates: [{ ref: 'refs/heads/main', before: OLD, after: NEW }],
      },
    ]);
  });

  test('takes names as they are, and the last line without its end', async () => {
    const stage = await makeStage(shell);

    await stage.hook('post-push', ['-n', '%s'], { stdin: `${OLD} ${NEW} refs/heads/%s-$(id)-\`id\`-中文-*` });

    expect(await stage.notes('in')).toMatchObject([
      { remote: '-n', url: '%s', updates: [{ ref: 'refs/heads/%s-$(id)-`id`-中文-*' }] },
    ]);
  });

  test('hands the runner what the disk does not take', async () => {
    const stage = await makeStage(shell);
    await rm(join(stage.state, 'in'), { recursive: true });

    const ran = await stage.hook('post-push', ['origin', URL], { stdin: LINE });
    const [started] = await stage.started();

    expect(started?.argv).toEqual(['in', `${process.pid}.${ran.pid}`, 'handed-over']);
    expect(parseNote(started?.stdin ?? '')).toMatchObject({
      url: 'https://host/r.git',
      updates: [{ after: NEW }],
    });
  });

  test.each([
    ['words', 'hello world\n'],
    ['a line of pre-push', `refs/heads/main ${NEW} refs/heads/main ${OLD}\n`],
    ['empty lines', '\n\n\n'],
    ['a forged end', `end 0\ncodearts-hooks 1\n`],
    ['bytes', `\u0000\u0001\u0000\xff\u001b[31m\r\n${'x'.repeat(5000)}`],
    ['options', '-n -e\n--help\n'],
  ])('refuses %s without harm', async (_, stdin) => {
    const stage = await makeStage(shell);
    await copyFile(resolve('dist/runner.cjs'), join(stage.state, 'runner.cjs'));

    const ran = await stage.hook('post-push', ['origin', 'u'], { stdin });
    const bad = join(stage.state, 'bad');
    await until('it to be put aside', async () => (await readdir(bad).catch(() => [])).length > 0);

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await readdir(join(stage.state, 'in'))).toEqual([]);
    expect(await readdir(join(stage.state, 'q')).catch(() => [])).toEqual([]);
  });

  test.each([
    ['CODEARTS_HOOKS=0', { env: { CODEARTS_HOOKS: '0' } }],
    ['no repository there', { cwd: '/' }],
  ])('does nothing with %s', async (_, options) => {
    const stage = await makeStage(shell);
    const path = join(stage.hooks, 'post-push');

    const ran = await stage.hook('post-push', ['origin', 'u'], { stdin: LINE, path, ...options });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await readdir(join(stage.state, 'in'))).toEqual([]);
  });

  test.each([
    ['closed input', '<&-'],
    ['closed output', '>&- 2>&-'],
    ['nothing open at all', '<&- >&- 2>&-'],
  ])('does well with %s', async (_, redirection) => {
    const stage = await makeStage(shell);
    const by = ['/bin/sh', '-c', `exec "$@" ${redirection}`, 'sh'];

    const ran = await stage.hook('post-push', ['origin', 'u'], { by });

    expect(ran.exitCode).toBe(0);
    expect(await stage.started()).toMatchObject([{ argv: ['in', expect.any(String)] }]);
  });

  test('leaves its output to nobody, and holds the runner in no pipe', async () => {
    const stage = await makeStage(shell);

    // Returns when nobody has the pipes open any more; the runner stays.
    await stage.hook('post-push', ['origin', 'u'], { stdin: LINE, env: { RUNNER_STAYS: '1' } });
    const [started] = await stage.started();
    await stage.release();

    expect(started?.descriptors).toMatchObject({ 0: '/dev/null', 1: '/dev/null', 2: '/dev/null' });
    expect(await readFile(join(stage.state, 'in', started?.argv[1] ?? ''), 'utf8')).toContain(LINE);
  });
});
