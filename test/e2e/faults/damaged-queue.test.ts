import { chown, mkdir, open, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { lacks } from '../../fixtures/unavailable.ts';
import { run, until } from '../../fixtures/run.ts';
import { type World, test } from '../../fixtures/world.ts';

const NOBODY = 65_534;

function stateOf(world: World): string {
  return join(world.dir, '.git', 'codearts-hooks');
}

async function push(world: World): Promise<string> {
  const after = await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  return after;
}

test('files that are damaged, huge or none of ours are put aside, and told of', async ({ world }) => {
  await push(world);
  const queue = join(stateOf(world), 'q');
  const damaged: Record<string, string> = {
    '00000090-0000000000aa': '',
    '00000091-0000000000ab': '{"v":1',
    '00000092-0000000000ac': '\u0000\u0001\u0002',
    '00000093-0000000000ad': '{"v":2,"id":"0000000000ad"}',
  };
  for (const [name, text] of Object.entries(damaged)) await writeFile(join(queue, name), text);
  const huge = await open(join(queue, '00000094-0000000000ae'), 'w');
  await huge.truncate(2 ** 30);
  await huge.close();
  await mkdir(join(queue, '00000095-0000000000af'));
  // Its writer is gone: no process has such an id.
  await writeFile(join(stateOf(world), 'notes', '1.4194305'), 'codearts-hooks 9\n');

  const after = await push(world);
  const status = await world.cli(['status']);

  expect(world.triggers().at(-1)).toMatchObject({ after });
  expect((await readdir(join(stateOf(world), 'bad'))).length).toBe(7);
  expect(await readdir(queue)).toEqual([]);
  expect(status.stderr).toContain('7 damaged files were put aside in');
});

test('the files that all runs share may be damaged: they are made anew', async ({ world }) => {
  await push(world);
  for (const name of ['seq', 'cursors', 'ledger.jsonl', 'log']) {
    const file = await open(join(stateOf(world), name), 'w');
    await file.truncate(2 ** 30);
    await file.close();
  }

  const after = await push(world);

  expect(world.triggers().at(-1)).toMatchObject({ after });
});

test('a queue of a newer version is left as it is, and every command says so', async ({ world }) => {
  const version = join(stateOf(world), 'v');
  await writeFile(version, '2\n');
  await mkdir(join(stateOf(world), 'q'), { recursive: true });
  await writeFile(join(stateOf(world), 'q', '00000001-0000000000aa'), '{"v":2}');
  const after = await world.commit('one');

  const pushed = await world.git(['push', '--quiet', 'origin', 'main']);
  const commands = [['status'], ['history'], ['flush'], ['trigger', '--dry-run'], ['redeliver', '--failed']];
  for (const args of commands) {
    const ran = await world.cli(args, { mayFail: true });
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ran.stderr).toContain('is of version "2", which this codearts-hooks does not know');
  }
  expect(pushed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await readFile(join(stateOf(world), 'q', '00000001-0000000000aa'), 'utf8')).toBe('{"v":2}');
  await writeFile(version, '1\n');
  await rm(join(stateOf(world), 'q', '00000001-0000000000aa'));
  await world.cli(['flush']);

  expect(world.triggers()).toMatchObject([{ after }]);
});

test('a state folder that is a link is not followed: the push ends as git decides, and it is said', async ({
  world,
}) => {
  const elsewhere = join(world.root, 'elsewhere');
  await rename(stateOf(world), elsewhere);
  await symlink(elsewhere, stateOf(world));
  const before = (await readdir(join(elsewhere, 'notes'))).length;
  await world.commit('one');

  const pushed = await world.git(['push', '--quiet', 'origin', 'main']);
  const installed = await world.cli(['install'], { mayFail: true });

  expect(pushed).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await readdir(join(elsewhere, 'notes'))).length).toBe(before);
  expect(installed.exitCode).toBe(1);
  expect(installed.stderr).toContain('is a link');
  expect(world.sandbox.requests()).toEqual([]);
});

/** Runs a program as another user than root. */
async function asNobody(world: World, file: string, args: readonly string[]) {
  const own = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', file, ...args];
  return await run('setpriv', own, { cwd: world.dir, env: world.env, mayFail: true });
}

async function giveToNobody(path: string): Promise<void> {
  await chown(path, NOBODY, NOBODY);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveToNobody(inner);
    else if (!entry.isSymbolicLink()) await chown(inner, NOBODY, NOBODY);
  }
}

test.skipIf(lacks('mounts'))(
  'after sudo git push the next push of the user goes on, and what root has left is told of',
  async ({ world }) => {
    await push(world);
    await giveToNobody(world.root);
    const config = join(world.root, 'gitconfig');
    await writeFile(config, '[safe]\n\tdirectory = *\n');
    const { CODEARTS_HOOKS_TOKEN: _token, ...common } = world.env;
    const env = { ...common, GIT_CONFIG_GLOBAL: config };
    await world.git(['commit', '--quiet', '--allow-empty', '--message', 'by root'], { env });
    await world.git(['push', '--quiet', 'origin', 'main'], { env });
    await world.settled();
    const left = await readdir(join(stateOf(world), 'q'));
    await giveToNobody(join(world.dir, '.git', 'objects'));
    await giveToNobody(join(world.dir, '.git', 'refs'));
    await giveToNobody(join(world.dir, '.git', 'logs'));
    await giveToNobody(join(world.root, 'remote.git'));
    await chown(join(world.dir, '.git', 'index'), NOBODY, NOBODY);

    await asNobody(world, 'git', ['commit', '--quiet', '--allow-empty', '--message', 'by the user']);
    const pushed = await asNobody(world, 'git', ['push', '--quiet', 'origin', 'HEAD:refs/heads/topic']);
    // Not until all is settled: what root has left stays.
    await until('the build', async () => world.triggers().some(({ ref }) => ref === 'refs/heads/topic'));
    const status = await asNobody(world, process.execPath, [join(process.cwd(), 'dist/cli.cjs'), 'status']);

    expect(left).toHaveLength(1);
    expect(pushed.exitCode).toBe(0);
    expect(world.triggers().map(({ ref }) => ref)).toContain('refs/heads/topic');
    expect(status.stderr).toMatch(/file(s)? belongs? to another user [^]*→ sudo chown -R/);

    await chown(join(stateOf(world), 'q'), 0, 0);
    await asNobody(world, 'git', ['push', '--quiet', 'origin', 'HEAD:refs/heads/second']);
    const notice = join(stateOf(world), 'notice');
    await until('the notice', async () => (await readFile(notice, 'utf8')).includes('cannot be written'));
    const told = await asNobody(world, 'git', ['push', '--quiet', 'origin', 'HEAD:refs/heads/third']);

    expect(told.stderr).toBe(
      `codearts-hooks: ${stateOf(world)}/q cannot be written to, so pushes wait; see codearts-hooks status\n`,
    );

    // As the remedy says.
    await giveToNobody(stateOf(world));
    await asNobody(world, process.execPath, [join(process.cwd(), 'dist/cli.cjs'), 'flush']);
    await world.settled();
    expect(world.triggers().map(({ ref }) => ref)).toEqual(
      expect.arrayContaining(['refs/heads/second', 'refs/heads/third']),
    );
  },
);
