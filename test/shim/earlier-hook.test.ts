import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inEachShell } from './shells.ts';
import { type Stage, lines, useStage } from './stage.ts';

const ARGS = ['origin', 'a url with  spaces, * and $(id)', ''] as const;

const makeStage = useStage();

/** Puts a script where install keeps a pre-push that was there before; it runs in the folder of the work tree. */
async function putEarlier({ hooks }: Stage, script: string, mode = 0o755): Promise<void> {
  const path = join(hooks, 'pre-push.next');
  await writeFile(path, script);
  await chmod(path, mode);
}

/** What the script that tells all has told. */
async function told({ root }: Stage): Promise<Record<'stdin' | 'args' | 'env' | 'umask' | 'pwd', string>> {
  const [stdin = '', args = '', env = '', umask = '', pwd = ''] = await Promise.all(
    ['stdin', 'args', 'env', 'umask', 'pwd'].map((name) => readFile(join(root, name), 'utf8')),
  );
  return { stdin, args, env, umask, pwd };
}

// /proc tells the environment as it came, before this shell adds its own.
const TELLS_ALL = `#!/bin/sh
cat /proc/$$/environ >../env
cat >../stdin
printf '%s\\n' "$#" "$@" >../args
umask >../umask
pwd -P >../pwd
echo said
echo warned >&2
`;

inEachShell('the hook that was here before', (shell) => {
  test.each([0, 1, 99, 100, 101, 2000])('gets %i updates byte for byte, and its arguments', async (count) => {
    const stage = await makeStage(shell);
    await putEarlier(stage, TELLS_ALL);

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(count) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: 'said\n', stderr: 'warned\n' });
    expect(await told(stage)).toMatchObject({
      stdin: lines(count),
      args: `3\n${ARGS.join('\n')}\n`,
      pwd: `${stage.dir}\n`,
    });
    expect((await stage.notes())[0]?.updates).toHaveLength(count);
    await stage.started();
  });

  test('keeps the umask of the push', async () => {
    const stage = await makeStage(shell);
    await putEarlier(stage, TELLS_ALL);

    await stage.hook('pre-push', ARGS, {
      stdin: lines(1),
      by: ['/bin/sh', '-c', 'umask 0137; exec "$@"', 'sh'],
    });

    expect((await told(stage)).umask).toBe('0137\n');
  });

  test('gets what the user exports as it is, and so does the runner', async () => {
    const stage = await makeStage(shell);
    await putEarlier(stage, TELLS_ALL);
    const names =
      'note text push push_start url state file updates updates_count line rest lf host path user scheme tries dir ' +
      'common next status stat words comm ancestor depth boot notice hook node rounds pause cur other part';
    const mine = Object.fromEntries(names.split(' ').map((name) => [name, `${name} of mine`]));
    const env = {
      ...mine,
      LANG: 'C',
      GIT_DIR: '.git',
      'A.NAME': 'no shell knows',
      EMPTY: '',
      LINES: 'a\nb\n',
    };

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(3000), env });
    const [started] = await stage.started();

    expect(ran).toMatchObject({ exitCode: 0, stdout: 'said\n', stderr: 'warned\n' });
    const { 'A.NAME': _, ...known } = { ...stage.env, ...env };
    const entries = (await told(stage)).env.split('\0').slice(0, -1);
    for (const [name, value] of Object.entries(known)) expect(entries).toContain(`${name}=${value}`);
    // Shells add these by themselves.
    const added = entries.map((entry) => entry.split('=')[0] ?? '').filter((name) => !(name in known));
    expect(['A.NAME', 'PWD', 'OLDPWD', 'SHLVL', '_']).toEqual(expect.arrayContaining(added));
    expect(started?.env).toMatchObject(known);
  });

  test.each([
    ['exit 1', 1],
    ['exit 3', 3],
    ['exit 126', 126],
    ['cat >/dev/null; exit 255', 255],
    ['kill -KILL $$', 137],
    ['kill -TERM $$', 143],
  ])('vetoes with "%s": no note is left and no runner is started', async (script, code) => {
    const stage = await makeStage(shell);
    await putEarlier(stage, `#!/bin/sh\n${script}\n`);

    const vetoed = await stage.hook('pre-push', ARGS, { stdin: lines(2) });
    const left = await stage.noteNames();
    await rm(join(stage.hooks, 'pre-push.next'));
    const passed = await stage.hook('pre-push', ARGS, { stdin: lines(2) });

    expect(vetoed).toMatchObject({ exitCode: code, stdout: '' });
    expect(left).toEqual([]);
    expect(passed.exitCode).toBe(0);
    expect((await stage.started()).map(({ argv }) => argv)).toEqual([
      ['push', `${process.pid}.${passed.pid}`],
    ]);
  });

  test.each([
    ['reads nothing', 'exit 0'],
    ['reads a bit', 'head -c 1000 >/dev/null'],
    ['closes its input', 'exec <&-; cat /proc/self/status >/dev/null'],
  ])('may be one that %s of 2000 updates', async (_, script) => {
    const stage = await makeStage(shell);
    await putEarlier(stage, `#!/bin/sh\n${script}\n`);

    const plain = await stage.hook('pre-push', ARGS, { stdin: lines(2000) });
    const by = ['/bin/sh', '-c', 'trap "" PIPE; exec "$@"', 'sh'];
    const ignoring = await stage.hook('pre-push', ARGS, { stdin: lines(2000), by });

    expect(plain).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(ignoring).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect((await stage.notes()).map(({ updates }) => updates.length)).toEqual([2000, 2000]);
    await stage.started(2);
  });

  test('is left alone when it may not be run, as git does', async () => {
    const stage = await makeStage(shell);
    await putEarlier(stage, '#!/bin/sh\nexit 1\n', 0o644);

    expect(await stage.hook('pre-push', ARGS)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test.each([
    ['a folder', (path: string) => mkdir(path)],
    ['a link to nowhere', (path: string) => symlink('nowhere', path)],
  ])('may be gone, with %s in its place', async (_, put) => {
    const stage = await makeStage(shell);
    await put(join(stage.hooks, 'pre-push.next'));

    expect(await stage.hook('pre-push', ARGS)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('vetoes when it cannot be started at all, as without us', async () => {
    const stage = await makeStage(shell);
    await putEarlier(stage, '#!/nowhere/sh\nexit 0\n');

    const { exitCode } = await stage.hook('pre-push', ARGS, { stdin: lines(1) });

    expect(exitCode).toBeGreaterThan(125);
    expect(await stage.noteNames()).toEqual([]);
  });

  test.each(['note', 'lines', 'watch', '.'])('is run all the same without our %s', async (name) => {
    const stage = await makeStage(shell);
    await putEarlier(stage, `${TELLS_ALL}exit 5\n`);
    await rm(join(stage.state, name), { recursive: true });

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(3) });

    expect(ran).toMatchObject({ exitCode: 5, stdout: 'said\n', stderr: 'warned\n' });
    expect(await told(stage)).toMatchObject({ stdin: lines(3), args: `3\n${ARGS.join('\n')}\n` });
  });

  test('vetoes a real push, which then has changed nothing', async () => {
    const stage = await makeStage(shell);
    await putEarlier(stage, '#!/bin/sh\necho no >&2\nexit 1\n');
    await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);

    const pushed = await stage.git(['push', 'origin', 'main'], { mayFail: true });

    expect(pushed.exitCode).toBe(1);
    expect(pushed.stderr).toMatch(/^no\nerror: failed to push some refs to /);
    expect((await stage.git(['rev-list', '--count', 'origin/main..main'])).stdout).toBe('1\n');
    expect(await stage.noteNames()).toEqual([]);
    expect(await stage.runs()).toEqual([]);
  });
});
