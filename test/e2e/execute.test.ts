import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CLI, JOB, configText, makeWorld, test } from '../fixtures/world.ts';
import { settledHistory } from '../rows/history.ts';
import { run } from '../fixtures/run.ts';

const EXECUTE = {
  ...JOB,
  branches: ['**'],
  tags: ['**'],
  trigger: 'execute',
  parameters: { what: '${branch}${tag}', commit: '${after}', full: '${ref}', own: '$${x}' },
};

test('execute names the commit of a branch and a tag, and fills the parameters in', async () => {
  const world = await makeWorld({ jobs: [EXECUTE] });
  try {
    const after = await world.commit('one');
    await world.git(['tag', '-m', 'x', 'v1']);

    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();
    await world.git(['push', '--quiet', 'origin', 'v1']);
    const rows = await settledHistory(world);

    const body = (what: string, full: string, scm: object) => ({
      job_id: JOB.id,
      parameter: [
        { name: 'what', value: what },
        { name: 'commit', value: after },
        { name: 'full', value: full },
        { name: 'own', value: '${x}' },
      ],
      scm,
    });
    expect(world.sandbox.requests().map(({ path, body: sent }) => [path, sent])).toEqual([
      [
        '/v1/job/execute',
        body('main', 'refs/heads/main', { build_type: 'commitId', branch: 'main', build_commit_id: after }),
      ],
      ['/v1/job/execute', body('v1', 'refs/tags/v1', { build_type: 'tag', build_tag: 'v1' })],
    ]);
    expect(rows.map(({ state, build }) => [state, build?.number])).toEqual([
      ['delivered', '1'],
      ['delivered', '2'],
    ]);
  } finally {
    await world.close();
  }
});

test.for([
  ['flat', { octopus_job_name: 'x', actual_build_number: '7', daily_build_number: '20260101.7' }],
  [
    'wrapped',
    {
      result: { octopus_job_name: 'x', actual_build_number: 7, daily_build_number: '20260101.7' },
      status: 'success',
    },
  ],
] as const)('a reply to execute that is %s is understood', async ([, body]) => {
  const world = await makeWorld({ jobs: [EXECUTE] });
  try {
    world.sandbox.setFaults([{ kind: 'status', status: 200, built: true, body }]);
    await world.commit('one');

    await world.git(['push', '--quiet', 'origin', 'main']);

    expect(await settledHistory(world)).toMatchObject([{ state: 'delivered', build: { number: '7' } }]);
  } finally {
    await world.close();
  }
});

test('trigger --dry-run prints the execute request that a push sends', async () => {
  const world = await makeWorld({ jobs: [EXECUTE] });
  try {
    await world.commit('one');
    const dry = JSON.parse((await world.cli(['trigger', '--dry-run', '--json'])).stdout) as {
      url: string;
      body: unknown;
    }[];

    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    const [sent] = world.sandbox.requests();
    expect(dry).toMatchObject([
      { job: 'ci', method: 'POST', url: `${world.sandbox.url}/v1/job/execute`, body: sent?.body },
    ]);
  } finally {
    await world.close();
  }
});

test('row 34: a SHA-256 repository has failed with auto-execute, clearly, and builds with execute', async ({
  world,
}) => {
  const dir = join(world.root, 'sha256');
  const remote = join(world.root, 'sha256.git');
  await run('git', ['init', '--quiet', '--bare', '--object-format=sha256', remote], {
    cwd: world.root,
    env: world.env,
  });
  await mkdir(dir);
  const git = async (...args: string[]) => await world.git(args, { cwd: dir });
  await git('init', '--quiet', '--initial-branch=main', '--object-format=sha256');
  await git('remote', 'add', 'origin', remote);
  const both = configText({
    jobs: [
      { ...JOB, name: 'auto' },
      { ...EXECUTE, name: 'execute', parameters: {} },
    ],
  });
  await writeFile(join(dir, 'codearts-hooks.json'), both);
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'start');
  await run(process.execPath, [CLI, 'install', '--yes'], { cwd: dir, env: world.env });

  await git('push', '--quiet', 'origin', 'main');
  await world.settled(join(dir, '.git'));

  const { stdout } = await world.cli(['history', '--json'], { cwd: dir });
  const rows = JSON.parse(stdout) as { job: { name: string }; state: string; reason: string | null }[];
  expect(Object.fromEntries(rows.map(({ job, state, reason }) => [job.name, [state, reason]]))).toEqual({
    auto: [
      'failed',
      'auto-execute does not take the SHA-256 object names of this repository; set "trigger": "execute"',
    ],
    execute: ['delivered', null],
  });
  expect(world.sandbox.requests()).toMatchObject([
    { path: '/v1/job/execute', body: { scm: { build_type: 'branch', branch: 'main' } } },
  ]);
});
