import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type World, configText, test } from '../../fixtures/world.ts';
import { run, until } from '../../fixtures/run.ts';
import { lacks } from '../../fixtures/unavailable.ts';
import { hidingUsualNodes } from '../../shim/hidden-nodes.ts';

const MAIN = 'refs/heads/main';

/** What git itself prints of a push, but for the values. */
const GIT_OUTPUT = /^To \.\.\/remote\.git\n +[0-9a-f]+\.\.[0-9a-f]+ +main -> main\n$/;

async function head(world: World): Promise<string> {
  return (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
}

/** A PATH with git and the shell's tools, but no node. */
async function pathWithoutNode(world: World): Promise<string> {
  const bin = join(world.root, 'bin');
  await mkdir(bin);
  for (const tool of ['git', 'sh', 'cat', 'sleep', 'ln', 'cp', 'rm', 'setsid', 'unshare', 'mount']) {
    const { stdout } = await run('sh', ['-c', `command -v ${tool}`], { cwd: world.root, env: world.env });
    await symlink(stdout.trim(), join(bin, tool));
  }
  return bin;
}

test.skipIf(lacks('mounts'))(
  'without node a push ends as git decides, and the next run delivers it',
  async ({ world }) => {
    const before = await head(world);
    const after = await world.commit('one');
    const state = join(world.dir, '.git', 'codearts-hooks');
    await writeFile(join(state, 'node'), '/nowhere/node\n');
    const env = { ...world.env, PATH: await pathWithoutNode(world) };

    const [program, ...args] = [...hidingUsualNodes(), 'git', 'push', 'origin', 'main'];
    const pushed = await run(program, args, { cwd: world.dir, env });
    await until('the watcher to end', async () => (await readdir(state)).includes('no-node'));
    const kept = world.triggers();
    const flushed = await world.cli(['flush', '--wait', '20']);

    expect(pushed).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(GIT_OUTPUT) });
    expect(kept).toEqual([]);
    expect(flushed.exitCode).toBe(0);
    expect(world.triggers()).toEqual([{ ref: MAIN, before, after }]);
  },
);

test('without the runner file a push ends as git decides, and is delivered once it is back', async ({
  world,
}) => {
  const before = await head(world);
  const after = await world.commit('one');
  await rm(join(world.dir, '.git', 'codearts-hooks', 'runner.cjs'));

  const pushed = await world.git(['push', 'origin', 'main']);
  await world.cli(['install', '--yes']);
  await world.cli(['flush', '--wait', '20']);
  // A watcher that was late may have its own runner at work.
  await until('the build', async () => world.triggers().length > 0);

  expect(pushed).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(GIT_OUTPUT) });
  expect(world.triggers()).toEqual([{ ref: MAIN, before, after }]);
});

test('with our whole folder gone a push ends as git decides', async ({ world }) => {
  await world.commit('one');
  await rm(join(world.dir, '.git', 'codearts-hooks'), { recursive: true });

  const pushed = await world.git(['push', 'origin', 'main']);

  expect(pushed).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(GIT_OUTPUT) });
});

for (const [what, text] of [
  ['no JSON', '{"jobs": [\n  oops'],
  ['a wrong key', configText({ jobs: [{ name: 'ci', jobid: 'f9d6c8466d614a9788e9a0acf6c15f46' }] })],
  ['a forbidden key', configText({ token: 'x' })],
  ['70,000 bytes', configText({ comment: 'x'.repeat(70_000) })],
] as const) {
  test(`a config with ${what} holds the push, and it goes out once the config is mended`, async ({
    world,
  }) => {
    const after = await world.commit('one');
    await writeFile(join(world.dir, 'codearts-hooks.json'), text);

    const pushed = await world.git(['push', 'origin', 'main']);
    await world.settled();
    const held = JSON.parse((await world.cli(['history', '--json'])).stdout) as {
      state: string;
      reason: string;
    }[];
    await writeFile(join(world.dir, 'codearts-hooks.json'), configText());
    const flushed = await world.cli(['flush']);

    expect(pushed.exitCode).toBe(0);
    expect(held).toMatchObject([
      { state: 'held', reason: expect.stringMatching(/^codearts-hooks\.json:\d+:\d+: /) },
    ]);
    expect(flushed.exitCode).toBe(0);
    expect(world.triggers()).toMatchObject([{ ref: MAIN, after }]);
  });
}

test('what is not approved is held, nothing is sent, and trust sends it', async ({ world }) => {
  const after = await world.commit('one');
  const other = 'a'.repeat(32);
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText({ jobs: [{ name: 'ci', id: other }] }));

  await world.git(['push', 'origin', 'main']);
  await world.settled();
  const sentBefore = world.sandbox.requests().length;
  await world.cli(['trust', '--yes']);
  await until('the build', async () => world.triggers().length > 0);
  await world.settled();

  expect(sentBefore).toBe(0);
  expect(world.triggers()).toMatchObject([{ ref: MAIN, after }]);
  expect(world.sandbox.requests()[0]?.path).toBe(`/v1/job/${other}/auto-execute`);
});

test('the next push says in one line what waits', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', 'origin', 'main'], { env });
  await world.settled();
  await world.commit('two');

  const pushed = await world.git(['push', 'origin', 'main'], { env });

  expect(pushed.stderr.split('\n').filter((line) => line.startsWith('codearts-hooks'))).toEqual([
    expect.stringMatching(
      /^codearts-hooks: 1 trigger waits: no credentials for .*; run codearts-hooks login$/,
    ),
  ]);
});
