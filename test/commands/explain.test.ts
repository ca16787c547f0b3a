import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { JOB, type World, configText, test } from '../fixtures/world.ts';

interface Row {
  readonly job: string;
  readonly ref: string;
  readonly matches: boolean;
  readonly rule: string | null;
  readonly reason: string;
}

const TEXT = `{
  "region": "cn-north-4",
  "jobs": [
    { "name": "main", "id": "${JOB.id}",
      "branches": ["release/**",
                   "main"] },
    { "name": "docs", "id": "${JOB.id}", "paths": ["docs/**"] },
    { "name": "tags", "id": "${JOB.id}", "tags": ["v*"], "remotes": ["*"] }
  ],
  "skip-markers": ["[quiet]"]
}
`;

async function explain(world: World, ...args: string[]): Promise<Row[]> {
  return JSON.parse((await world.cli(['explain', '--json', ...args])).stdout) as Row[];
}

async function withRules(world: World): Promise<void> {
  await writeFile(join(world.dir, 'codearts-hooks.json'), TEXT);
}

test('explain --json has the documented shape, and tells the line of each rule', async ({ world }) => {
  await withRules(world);
  await world.commit('one');

  expect(await explain(world)).toEqual([
    {
      job: 'main',
      ref: 'refs/heads/main',
      matches: true,
      rule: 'codearts-hooks.json:6: branches: main',
      reason: 'main matches "main"',
    },
    {
      job: 'docs',
      ref: 'refs/heads/main',
      matches: false,
      rule: 'codearts-hooks.json:7: paths',
      reason: 'no pattern matches any of the 2 changed files',
    },
    {
      job: 'tags',
      ref: 'refs/heads/main',
      matches: false,
      rule: null,
      reason: 'the job has "tags" and no "branches": it is for tags alone',
    },
  ]);
});

test('explain says line by line what was asked, and what ended it', async ({ world }) => {
  await withRules(world);
  const after = await world.commit('one [quiet]');

  const { stdout, stderr, exitCode } = await world.cli(['explain']);

  const before = (await world.git(['rev-parse', 'HEAD~'])).stdout.slice(0, 7);
  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toBe(`refs/heads/main to origin: ${before}..${after.slice(0, 7)}, 1 commit
✗ main does not start: the newest commit says "[quiet]"
     remotes       by default              origin is the one that counts by default
     branches      codearts-hooks.json:6   main matches "main"
  !  skip-markers  codearts-hooks.json:10  the newest commit says "[quiet]"
✗ docs does not start: no pattern matches any of the 2 changed files
     remotes       by default              origin is the one that counts by default
     branches      by default              every one counts
  !  paths         codearts-hooks.json:7   no pattern matches any of the 2 changed files
✗ tags does not start: the job has "tags" and no "branches": it is for tags alone
     remotes       codearts-hooks.json:8   origin matches "*"
  !  branches      by default              the job has "tags" and no "branches": it is for tags alone
`);
});

test('what explain says of a push is what the push then does, and of one that was made', async ({
  world,
}) => {
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const after = await world.commit('one');
  const said = (await world.cli(['explain'])).stdout;

  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  const saidAfter = (await world.cli(['explain'])).stdout;

  expect(said).toContain(`${before.slice(0, 7)}..${after.slice(0, 7)}, 1 commit\n✓ ci starts\n`);
  expect(saidAfter).toBe(said);
  expect(world.triggers()).toMatchObject([{ before, after }]);
  expect(world.sandbox.requests()).toHaveLength(1);
});

test('explain takes a range, a tag, a new branch and another remote', async ({ world }) => {
  await withRules(world);
  const from = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  await world.commit('one');
  await world.commit('two');
  await world.git(['tag', 'v1']);
  await world.git(['branch', 'release/1']);
  const job = async (name: string, ...args: string[]) =>
    (await explain(world, ...args)).find((row) => row.job === name);

  expect((await world.cli(['explain', `${from}..main`])).stdout).toContain('2 commits\n');
  expect(await job('tags', 'v1')).toMatchObject({
    ref: 'refs/tags/v1',
    matches: true,
    rule: 'codearts-hooks.json:8: tags: v*',
  });
  expect(await job('main', 'v1')).toMatchObject({ matches: false, rule: null });
  expect(await job('main', 'release/1')).toMatchObject({
    matches: true,
    rule: 'codearts-hooks.json:5: branches: release/**',
  });
  expect((await world.cli(['explain', 'release/1'])).stdout).toContain('to origin: new..');
  expect(await job('main', '--remote', 'https://host/fork.git')).toMatchObject({
    matches: false,
    reason: 'only origin counts by default, not https://host/fork.git',
  });
  expect(await job('tags', 'v1', '--remote', 'https://host/fork.git')).toMatchObject({ matches: true });
});

test('a password in a remote that is asked about is not shown', async ({ world }) => {
  const { stdout, stderr } = await world.cli(['explain', '--remote', 'https://me:S3CR-canary@host/r.git']);

  expect(`${stdout}${stderr}`).toContain('https://host/r.git');
  expect(`${stdout}${stderr}`).not.toContain('S3CR-canary');
});

test('explain says what besides the rules keeps a push from starting anything', async ({ world }) => {
  await writeFile(
    join(world.dir, 'codearts-hooks.json'),
    configText({ jobs: [{ ...JOB, id: 'a'.repeat(32) }] }),
  );
  await world.git(['config', 'codearts-hooks.enabled', 'false']);
  await rm(join(world.dir, '.git', 'codearts-hooks', 'runner.cjs'));
  await world.commit('one');

  const { stderr, exitCode } = await world.cli(['explain']);

  expect(exitCode).toBe(0);
  expect(stderr).toBe(`note: not installed here, a push starts nothing; run codearts-hooks install
note: turned off here by git config codearts-hooks.enabled
note: the jobs are not approved here, triggers wait; run codearts-hooks trust
`);
});

test.for<readonly [string[], number, string]>([
  [['explain', 'nowhere'], 1, 'nowhere is no branch or tag'],
  [['explain', '--remote', 'nope'], 1, 'no remote is called nope'],
  [['explain', 'nowhere..main'], 1, 'nowhere leads to no commit'],
])('%j ends with %i and says what is wrong and what to do', async ([args, exitCode, message], { world }) => {
  const ran = await world.cli(args, { mayFail: true });

  expect(ran).toMatchObject({ exitCode, stdout: '' });
  expect(ran.stderr).toContain(message);
  expect(ran.stderr).toContain('hint: ');
});

test('a config that is not valid is told with its place, by explain and by trigger', async ({ world }) => {
  await writeFile(join(world.dir, 'codearts-hooks.json'), '{\n  "jobs": 1\n}\n');

  for (const command of ['explain', 'trigger']) {
    const ran = await world.cli([command], { mayFail: true });

    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('error: codearts-hooks.json:2:3: jobs must be Array, not 1');
  }
});

test('trigger says what to do where nothing is installed', async ({ world }) => {
  await rm(join(world.dir, '.git', 'codearts-hooks'), { recursive: true });

  const ran = await world.cli(['trigger', '--dry-run'], { mayFail: true });

  expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('hint: codearts-hooks install') });
});
