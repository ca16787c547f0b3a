import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { CLI, configText, test } from '../fixtures/world.ts';

const CASES: readonly (readonly [args: readonly string[], exitCode: number, message: string])[] = [
  [['statsu'], 2, "unknown command 'statsu'"],
  [['status', '--jsno'], 2, 'Did you mean --json?'],
  [['login', '--sk=S3CRET01'], 2, "unknown option '--sk=…'"],
  [['show'], 2, "missing required argument 'id'"],
  [['show', 'zzz'], 1, 'no push has the id zzz'],
  [['history', '-n', 'many'], 2, '-n takes a whole number from 1, not many'],
  [['flush', '--wait', 'long'], 2, '--wait takes seconds, not long'],
  [['trigger', 'nowhere'], 1, 'nowhere is no branch or tag'],
  [['trigger', '--job', 'other'], 1, 'no job is called other'],
  [['sandbox', '--port', '99999'], 2, '--port takes a number from 0 to 65535, not 99999'],
  [['run', 'post-commit'], 2, 'no shim for the hook post-commit'],
  [['-C', '/', 'status'], 1, 'no git repository at /'],
  [['-C', '/nonexist', 'status'], 2, 'there is no folder /nonexist'],
  [['-C', '/nonexist', 'whoami'], 2, 'there is no folder /nonexist'],
  [['-C', '/dev/null', 'install'], 2, 'there is no folder /dev/null'],
];

test.for(CASES)(
  '%j ends with %i and says what is wrong and what to do',
  async ([args, exitCode, message], { world }) => {
    const ran = await world.cli(args, { mayFail: true });

    expect(ran).toMatchObject({ exitCode, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain('hint: ');
    expect(ran.stderr).not.toMatch(/ {4}at |S3CRET/);
  },
);

test('a port that is taken is told by the sandbox', async ({ world }) => {
  const { port } = new URL(world.sandbox.url);

  const ran = await world.cli(['sandbox', '--port', port], { mayFail: true });

  expect(ran).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `error: another program listens on the port ${port} already\nhint: name another port, or none for any free one: codearts-hooks sandbox\n`,
  });
});

test('an invalid config is shown with file, line, column and the nearest key', async ({ world }) => {
  const text = configText({ jobs: [{ name: 'ci', id: 'short', brances: ['main'] }] });
  await writeFile(join(world.dir, 'codearts-hooks.json'), text);
  const line = text.split('\n').findIndex((found) => found.includes('brances')) + 1;

  const { stdout } = await world.cli(['status']);

  expect(stdout).toContain(
    `codearts-hooks.json:${line}:7: jobs[0].brances unknown key, did you mean "branches"?`,
  );
  expect(stdout).toMatch(
    /codearts-hooks\.json:\d+:\d+: jobs\[0\]\.id must be a job id of 32 letters and digits/,
  );
});

test('install --quiet says nothing outside a repository, without git, and in CI', async ({ world }) => {
  const outside = join(world.root, 'outside');
  await mkdir(outside);

  const quiet = await world.cli(['install', '--quiet'], { cwd: outside });
  const loud = await world.cli(['install'], { cwd: outside, mayFail: true });
  const noGit = await run(process.execPath, [CLI, 'install', '--quiet'], {
    cwd: outside,
    env: { ...world.env, PATH: '/nowhere' },
  });
  const ci = await world.cli(['install', '--quiet'], { env: { ...world.env, CI: 'true' } });

  expect(quiet).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(noGit).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(ci).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(loud).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no git repository at') });
});

test('without a terminal trust does not approve by itself', async ({ world }) => {
  await world.cli(['trust', '--revoke']);

  const asked = await world.cli(['trust'], { mayFail: true });
  const shown = JSON.parse((await world.cli(['trust', '--json'])).stdout) as { trusted: boolean };

  expect(asked).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('codearts-hooks trust --yes') });
  expect(shown.trusted).toBe(false);
});

test('an endpoint outside Huawei Cloud is not approved in passing by install --yes', async ({ world }) => {
  await writeFile(
    join(world.dir, 'codearts-hooks.json'),
    configText({ endpoint: 'https://builds.example.com' }),
  );

  const installed = await world.cli(['install', '--yes'], {
    env: { ...world.env, CODEARTS_HOOKS_ENDPOINT: '' },
  });
  const shown = JSON.parse((await world.cli(['trust', '--json'])).stdout) as { trusted: boolean };

  expect(installed.stderr).toContain('codearts-hooks trust');
  expect(shown.trusted).toBe(false);
});
