import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../../fixtures/run.ts';
import { SHOP_CI, configOf, test, traces } from '../../fixtures/shop.ts';

test('a remote of CodeArts Repo tells region and project: neither is asked for', async ({ shop }) => {
  const project = '0123456789abcdef0123456789abcdef';
  await shop.git(
    'remote',
    'set-url',
    'origin',
    `git@codehub.devcloud.cn-east-3.huaweicloud.com:${project}/shop.git`,
  );

  const ran = await shop.cli(['init', '--job', 'shop-ci', '--yes']);

  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toContain('region cn-east-3, by the address of the remote\n');
  expect(JSON.parse(await configOf(shop))).toMatchObject({ region: 'cn-east-3' });
  expect(shop.sandbox.requests().map(({ path }) => path)).toEqual([
    `/v1/job/${project}/list?page_index=0&page_size=40`,
    `/v1/job/${SHOP_CI}/config`,
  ]);
});

const PROJECT = '0123456789abcdef0123456789abcdef';
const PAGES = `https://devcloud.cn-north-4.huaweicloud.com/cicd/project/${PROJECT}/cloudbuild`;

test('the address of the job tells region and job, whatever region the remote has', async ({ shop }) => {
  const args = ['init', '--job', `${PAGES}/detail/history/${SHOP_CI}/12`, '--dry-run'];

  const plain = await shop.cli(args);
  await shop.git(
    'remote',
    'set-url',
    'origin',
    `git@codehub.devcloud.cn-east-3.huaweicloud.com:${PROJECT}/shop.git`,
  );
  const differs = await shop.cli(args);
  const said = await shop.cli([...args, '--region', 'cn-east-3']);

  expect(plain.stderr).toContain('region cn-north-4, by the address of the job\n');
  expect(plain.stdout).toContain(`+      "id": "${SHOP_CI}"`);
  expect(differs.stdout).toContain('+  "region": "cn-north-4"');
  expect(differs.stderr).toContain(
    'warning: region cn-north-4, by the address of the job; the address of the remote says cn-east-3\n',
  );
  expect(said.stdout).toContain('+  "region": "cn-east-3"');
  expect(said.stderr).toContain(
    'warning: the page of the job is in cn-north-4, and the region is cn-east-3\n',
  );
});

test('an address with the id of the project alone is refused', async ({ shop }) => {
  const ran = await shop.cli(['init', '--job', `${PAGES}/list`, '--yes']);

  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain(`error: there is no id of a job in the address ${PAGES}/list\n`);
  expect(ran.stderr).toContain(
    'hint: open the build task in the console, and copy the address of that page\n',
  );
  expect(await traces(shop)).toEqual([]);
  expect(shop.sandbox.requests()).toEqual([]);
});

test('a job that builds another repository is told', async ({ shop }) => {
  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'docs-site', '--dry-run']);

  expect(ran.stderr).toContain(
    'note: docs-site builds https://example.com/shop/docs.git, which is not called like this repository\n',
  );
});

test('in a folder of the work tree the config goes to its top, and what is to be pasted works there', async ({
  shop,
}) => {
  const cwd = join(shop.dir, 'src');
  await mkdir(cwd);

  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes'], { cwd });
  const written = await traces(shop);
  const [, undo = ''] = /undo: (rm .*)\n/.exec(ran.stderr) ?? [];
  await run('sh', ['-c', undo], { cwd, env: shop.env });

  expect(written).toEqual(['?? codearts-hooks.json', '.git/codearts-hooks']);
  expect(undo).toBe('rm ../codearts-hooks.json');
  expect(ran.stderr).toContain('next: git add ../codearts-hooks.json && git commit, then git push\n');
  expect(await traces(shop)).toEqual(['.git/codearts-hooks']);
});

test('a bare repository has no place for a config', async ({ shop }) => {
  const ran = await shop.cli([
    '-C',
    '../shop.git',
    'init',
    '--region',
    'cn-north-4',
    '--job',
    SHOP_CI,
    '--yes',
  ]);

  expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('shop.git is bare') });
  expect(ran.stderr).toContain('codearts-hooks install --server');
});

test('what fails in the middle is taken back as a whole', async ({ shop }) => {
  await writeFile(join(shop.dir, 'package.json'), '{"private": true}\n');
  await shop.git('add', '.');
  await shop.git('commit', '--quiet', '--message', 'package');
  // The hooks cannot be installed: their place is taken.
  await writeFile(join(shop.dir, '.git', 'codearts-hooks'), 'not a folder\n');

  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes']);
  const trust = await shop.cli(['trust', '--json']);

  expect(ran.exitCode).toBe(1);
  expect(ran.stderr).toContain('what had been written is taken back: all is as it was before\n');
  expect((await shop.git('status', '--porcelain')).stdout).toBe('');
  expect(trust.exitCode).toBe(1);
});

test('Ctrl-C while it writes takes all of it back', async ({ shop }) => {
  const hook = join(shop.dir, '.git', 'hooks', 'pre-push');
  await writeFile(hook, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const script = `codearts-hooks init --region cn-north-4 --job shop-ci --yes 2>&1 & 
pid=$!
while ! test -f codearts-hooks.json; do :; done
kill -INT $pid; wait $pid; echo "ended with $?"`;

  // A background process of a shell without job control ignores SIGINT; not of one with it.
  const ran = await run('bash', ['-mc', script], { cwd: shop.dir, env: shop.loggedIn, mayFail: true });

  expect(ran.stdout).toContain('ended with 130');
  expect(ran.stdout).toContain('what had been written is taken back');
  expect(await traces(shop)).toEqual([]);
  expect(await readFile(hook, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});
