import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { JOB, ZERO, makeWorld, test } from '../fixtures/world.ts';
import { settledHistory } from './history.ts';

const EVERYTHING = { jobs: [{ ...JOB, branches: ['**'], tags: ['**'] }] };
const HOSTILE = ['--output=pwn', '`id`', '$(id)', '"quoted"', "it's", 'a;b&c|d', 'HEAD', '0'.repeat(40)];

/** The arguments of every git that we have run, by what git itself has traced. */
async function ownArguments(trace: string): Promise<string[][]> {
  const lines = (await readFile(trace, 'utf8')).split('\n').filter(Boolean);
  const started = lines.map((line) => JSON.parse(line) as { event: string; argv?: string[] });
  // Ours are known by what each of them is given.
  return started.flatMap(({ event, argv = [] }) =>
    event === 'start' && argv.includes('core.fsmonitor=false') ? [argv] : [],
  );
}

test('row 21, row 24: hostile names are literal in JSON and never an argument', async () => {
  const world = await makeWorld(EVERYTHING);
  try {
    const trace = join(world.root, 'trace');
    for (const name of HOSTILE) await world.git(['update-ref', `refs/heads/${name}`, 'HEAD']);
    await world.git(['tag', '-m', 'x', '--', 'odd`tag`']);
    const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();

    await world.git(['push', '--quiet', 'origin', 'refs/heads/*:refs/heads/*', 'refs/tags/*:refs/tags/*'], {
      env: { ...world.env, GIT_TRACE2_EVENT: trace },
    });
    await settledHistory(world);

    const refs = world.triggers().map(({ ref }) => ref);
    expect(refs.toSorted()).toEqual(
      [...HOSTILE.map((name) => `refs/heads/${name}`), 'refs/tags/odd`tag`'].toSorted(),
    );
    expect(world.triggers().map(({ after }) => after)).toEqual(refs.map(() => before));
    const ours = await ownArguments(trace);
    expect(ours.map((argv) => argv.find((one) => /^(?:rev-list|ls-remote)$/.test(one)))).toContain(
      'rev-list',
    );
    const named = ours.flat().filter((one) => [...HOSTILE, 'odd`tag`'].some((name) => one.includes(name)));
    expect(named.filter((one) => !one.startsWith('refs/'))).toEqual([]);
  } finally {
    await world.close();
  }
});

test('row 22: names that no UTF-8, or turn the line round, build once each and harm no screen', async () => {
  const world = await makeWorld(EVERYTHING);
  try {
    const after = await world.commit('one');
    const script = `for b in 377 376; do git update-ref "refs/heads/$(printf "x\\\\$b")" HEAD; done`;
    await run('sh', ['-c', script], { cwd: world.dir, env: world.env });
    await world.git(['update-ref', 'refs/heads/a\u202eb', 'HEAD']);

    await world.git(['push', '--quiet', 'origin', 'refs/heads/*:refs/heads/*']);
    const rows = await settledHistory(world);
    const screen = await world.cli(['history']);
    const odd = rows.filter(({ ref }) => /[\udc80-\udcff]/.test(ref));
    const shown = await world.cli(['show', odd[0]?.id ?? '']);

    expect(
      world
        .triggers()
        .map(({ ref }) => ref)
        .toSorted(),
    ).toEqual(
      ['refs/heads/a\u202eb', 'refs/heads/main', 'refs/heads/x\ufffd', 'refs/heads/x\ufffd'].toSorted(),
    );
    expect(new Set(world.triggers().map((trigger) => trigger.after))).toEqual(new Set([after]));
    expect(odd.map(({ ref }) => ref).toSorted()).toEqual(['refs/heads/x\udcfe', 'refs/heads/x\udcff']);
    expect(screen.stdout).toContain(String.raw`x\xff`);
    expect(screen.stdout).not.toContain('\u202e');
    expect(shown.stdout).toContain('note    the name of the ref is no UTF-8');
  } finally {
    await world.close();
  }
});

test('row 23: Chinese names are UTF-8, and a filter knows them however they are spelled', async () => {
  const world = await makeWorld({ jobs: [{ ...JOB, branches: ['功能/**', 'caf\u00e9'] }] });
  try {
    for (const name of ['功能/一', 'cafe\u0301', '其他']) await world.git(['branch', name]);

    await world.git(['push', '--quiet', 'origin', '功能/一', 'cafe\u0301', '其他']);
    await settledHistory(world);

    expect(
      world
        .triggers()
        .map(({ ref }) => ref)
        .toSorted(),
    ).toEqual(['refs/heads/cafe\u0301', 'refs/heads/功能/一']);
  } finally {
    await world.close();
  }
});

test('row 26: a deletion builds nothing, and says so', async ({ world }) => {
  await world.git(['push', '--quiet', 'origin', 'main:topic']);
  await settledHistory(world);

  await world.git(['push', '--quiet', 'origin', ':topic']);

  expect((await settledHistory(world)).at(-1)).toMatchObject({
    ref: 'refs/heads/topic',
    after: ZERO,
    kind: 'deleted',
    state: 'skipped',
    reason: 'a deletion starts no build',
  });
  expect(world.triggers()).toHaveLength(1);
});

test('row 28: a forced push lists what is new, and is known as forced', async ({ world }) => {
  const before = await world.commit('dropped');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await settledHistory(world);
  await world.git(['reset', '--quiet', '--hard', 'HEAD~']);
  const after = await world.commit('instead');

  await world.git(['push', '--quiet', '--force', 'origin', 'main']);

  expect((await settledHistory(world)).at(-1)).toMatchObject({ kind: 'forced', before, after });
  expect(world.sandbox.requests().at(-1)?.body).toMatchObject({
    before,
    after,
    commits: [{ id: after, message: 'instead' }],
  });
});

test('row 32, row 33: a tag builds its commit, however deep, and a tag of a file nothing', async () => {
  const world = await makeWorld(EVERYTHING);
  try {
    const commit = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
    await world.git(['tag', '-m', 'one', 'v1']);
    await world.git(['tag', '-m', 'two', 'v2', 'v1']);
    await world.git(['tag', 'file', 'HEAD:codearts-hooks.json']);
    await world.git(['tag', '-m', 'x', 'folder', 'HEAD^{tree}']);

    await world.git(['push', '--quiet', '--tags', 'origin']);
    const rows = await settledHistory(world);

    const states = Object.fromEntries(
      rows.map(({ ref, state, reason, after }) => [ref, [state, reason ?? after]]),
    );
    expect(states).toEqual({
      'refs/tags/v1': ['delivered', commit],
      'refs/tags/v2': ['delivered', commit],
      'refs/tags/file': ['skipped', 'refs/tags/file is no commit'],
      'refs/tags/folder': ['skipped', 'refs/tags/folder is no commit'],
    });
    const id = rows.find(({ ref }) => ref === 'refs/tags/v2')?.id ?? '';
    const own = (await world.git(['rev-parse', 'v2'])).stdout.trim();
    expect((await world.cli(['show', id])).stdout).toContain(`tag     ${own}\n`);
  } finally {
    await world.close();
  }
});

test('row 40: where there is nothing to push, nothing is written', async ({ world }) => {
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.git(['checkout', '--quiet', '--orphan', 'unborn']);

  const unborn = await world.git(['push', 'origin', 'unborn'], { mayFail: true });
  const bare = await world.git(['push'], { mayFail: true });

  expect([unborn.exitCode, bare.exitCode].includes(0)).toBe(false);
  expect(await settledHistory(world)).toEqual([]);
});
