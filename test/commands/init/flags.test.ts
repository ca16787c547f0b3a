import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { SHOP_CI, configOf, makeShop, test, traces } from '../../fixtures/shop.ts';

const ADDRESS = `https://devcloud.cn-north-4.huaweicloud.com/cicd/project/p/cloudbuild/detail/history/${SHOP_CI}`;

test('init --yes with a job’s address: config, hooks and approval, and a push starts the build', async ({
  shop,
}) => {
  const flags = ['--region', 'cn-north-4', '--job', ADDRESS, '--branches', 'main,release/**', '--yes'];

  const made = await shop.cli(['init', ...flags]);
  const config = await configOf(shop);
  await shop.git('add', '.');
  await shop.git('commit', '--quiet', '--message', 'config');
  await shop.cli(['-C', shop.dir, 'status']);
  await shop.cli(['flush']);
  const pushed = await shop.cli(['trigger', '--wait']);

  expect(made).toMatchObject({ exitCode: 0, stdout: '' });
  expect(made.stderr).toContain('✓ wrote codearts-hooks.json\n  undo: rm codearts-hooks.json\n');
  expect(made.stderr).toContain('undo the hooks: codearts-hooks uninstall\n');
  expect(made.stderr).toContain('undo the approval: codearts-hooks trust --revoke\n');
  expect(made.stderr).toContain('in each clone, run npx codearts-hooks install once\n');
  expect(made.stderr).not.toContain('codearts-hooks login');
  expect(config).toBe(`{
  "$schema": "https://unpkg.com/codearts-hooks/schema.json",
  "region": "cn-north-4",
  "jobs": [
    {
      "name": "shop-ci",
      "id": "${SHOP_CI}",
      "branches": ["main", "release/**"]
    }
  ]
}
`);
  expect(pushed.stdout).toContain('shop-ci #1');
});

const REFUSED: readonly (readonly [args: string[], exitCode: number, error: string, hint: string])[] = [
  [[], 2, 'the region is not known', 'codearts-hooks init --region cn-north-4 --job <id>'],
  [['--region', 'cn-north-4'], 2, 'no job is named', 'codearts-hooks init --job'],
  [['--region', 'nowhere'], 2, 'nowhere is not a region', '--region cn-north-4'],
  [['--region', 'cn-north-4', '--job', ''], 2, '--job is empty', 'codearts-hooks init --help'],
  [
    ['--region', 'cn-north-4', '--job', 'shop-cii'],
    1,
    'no job of the project is called shop-cii',
    'did you mean shop-ci?',
  ],
  [
    ['--region', 'cn-north-4', '--project', 'shoop', '--job', 'shop-ci'],
    2,
    'you have no project that is called shoop',
    'did you mean shop?',
  ],
  [
    ['--region', 'cn-north-4', '--job', `${'0'.repeat(31)}!`],
    1,
    'no job of the project is called 0000',
    'codearts-hooks init --job <id>',
  ],
  [['--region', 'cn-north-4', '--branches', ','], 2, '--branches is empty', 'codearts-hooks init --help'],
  [['--region', 'cn-north-4', '--tags', ' , '], 2, '--tags is empty', 'codearts-hooks init --help'],
  [['--region', 'cn-north-4', '--paths', ',,'], 2, '--paths is empty', 'codearts-hooks init --help'],
  [
    ['--prepare', '--no-prepare'],
    2,
    '--prepare and --no-prepare cannot both be meant',
    'codearts-hooks init --help',
  ],
  [['--reigon', 'cn-north-4'], 2, "unknown option '--reigon'", 'Did you mean --region?'],
];

let untouched: Awaited<ReturnType<typeof makeShop>>;

beforeAll(async () => {
  untouched = await makeShop();
});

afterAll(async () => {
  await untouched.close();
});

test.for(REFUSED)(
  'init %j without a terminal ends with %i and writes nothing',
  async ([args, exitCode, error, hint]) => {
    const ran = await untouched.cli(['init', ...args]);

    expect(ran).toMatchObject({ exitCode, stdout: '' });
    expect(ran.stderr).toContain(error);
    expect(ran.stderr).toContain(hint);
    expect(await traces(untouched)).toEqual([]);
  },
);

test('credentials that the service refuses end it, and nothing is written', async ({ shop }) => {
  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI], {
    env: { ...shop.loggedIn, CODEARTS_HOOKS_TOKEN: 'wrong' },
  });

  expect(shop.sandbox.requests().at(-1)?.outcome).toBe('APIGW.0301');
  expect(ran).toMatchObject({ exitCode: 4, stdout: '' });
  expect(ran.stderr).toContain('hint: codearts-hooks login\n');
  expect(await traces(shop)).toEqual([]);
});

test('without credentials an id is taken as it is, and init says that it was not looked up', async ({
  shop,
}) => {
  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI, '--yes'], {
    env: shop.env,
  });

  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toContain('no credentials for 127.0.0.1');
  expect(ran.stderr).toContain('the job is not looked up\n');
  expect(ran.stderr).toMatch(/next: codearts-hooks login\nnext: git add [^]*, then git push\n$/);
  expect(JSON.parse(await configOf(shop))).toMatchObject({
    jobs: [{ name: 'shop', id: SHOP_CI, branches: ['main'] }],
  });
  expect(shop.sandbox.requests()).toEqual([]);
});

test('in a clone that has the config, init names the login too', async ({ shop }) => {
  await writeFile(
    join(shop.dir, 'codearts-hooks.json'),
    `{"region": "cn-north-4", "jobs": [{"name": "ci", "id": "${SHOP_CI}"}]}\n`,
  );

  const without = await shop.cli(['init', '--yes'], { env: shop.env });
  const logged = await shop.cli(['init', '--yes']);

  expect(without.stderr).toMatch(/next: codearts-hooks login\nnext: git push\n$/);
  expect(logged.stderr).not.toContain('codearts-hooks login');
});

test('without --yes nothing is approved in passing, and init says what is left to do', async ({ shop }) => {
  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci']);
  const trust = await shop.cli(['trust', '--json']);

  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toContain('next: codearts-hooks trust ');
  expect(JSON.parse(trust.stdout)).toMatchObject({ trusted: false });
});

test('init warns of a job that builds by itself, is disabled or not to be started', async ({ shop }) => {
  const warned = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-release', '--dry-run']);
  const disabled = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-nightly', '--dry-run']);
  const foreign = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-deploy', '--dry-run']);

  expect(warned.stderr).toContain(
    'warning: shop-release builds by itself at every push (build_if_code_updated)',
  );
  expect(warned.stderr).toContain('each push would build twice');
  expect(disabled.stderr).toContain('warning: shop-nightly is disabled');
  expect(foreign.stderr).toContain('warning: shop-deploy may not be started by you');
  expect(await traces(shop)).toEqual([]);
});

test('a config that is there is kept: a job comes in, or other rules for one', async ({ shop }) => {
  const before = `{
\t"region": "cn-north-4",
\t"jobs": [ {"name":"shop-ci", "id": "${'a'.repeat(32)}"} ],
\t"skip-markers": ["[no build]"]
}
`;
  await writeFile(join(shop.dir, 'codearts-hooks.json'), before);

  const kept = await shop.cli(['init', '--yes']);
  const same = await configOf(shop);
  const added = await shop.cli(['init', '--job', 'shop-ci', '--tags', 'v*', '--yes']);
  const after = await configOf(shop);
  const changed = await shop.cli(['init', '--job', SHOP_CI, '--branches', 'main', '--yes']);
  const edited = await configOf(shop);
  const again = await shop.cli(['init', '--job', SHOP_CI, '--yes']);

  expect(kept.stderr).toContain('codearts-hooks.json stays as it is: it starts shop-ci\n');
  expect(same).toBe(before);
  expect(added.stderr).toContain('✓ changed codearts-hooks.json\n');
  expect(after).toMatch(/^\{\n\t"region": "cn-north-4",\n\t"jobs": \[\n/);
  expect(after).toContain('\t\t\t"tags": ["v*"]\n\t\t}\n\t],\n\t"skip-markers": ["[no build]"]\n}\n');
  expect(JSON.parse(after)).toMatchObject({
    jobs: [{ name: 'shop-ci' }, { name: 'shop-ci-2', id: SHOP_CI, tags: ['v*'] }],
  });
  expect(again.exitCode).toBe(0);
  expect(await configOf(shop)).toBe(edited);
  expect(changed.exitCode).toBe(0);
  expect(JSON.parse(await configOf(shop))).toMatchObject({
    jobs: [{ name: 'shop-ci' }, { name: 'shop-ci-2', tags: ['v*'], branches: ['main'] }],
  });
});

test('one region a config: another one is refused', async ({ shop }) => {
  await writeFile(join(shop.dir, 'codearts-hooks.json'), '{"region": "cn-north-4", "jobs": []}');

  const ran = await shop.cli(['init', '--region', 'cn-east-3', '--job', SHOP_CI, '--yes']);

  expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('a config has one region') });
});

test('a broken config is not touched', async ({ shop }) => {
  await writeFile(join(shop.dir, 'codearts-hooks.json'), '{"jobs": ');

  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI, '--yes']);

  expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('codearts-hooks.json:1:') });
  expect(await configOf(shop)).toBe('{"jobs": ');
});

test('the root package.json gets the script, and the config the schema of the package', async ({ shop }) => {
  const manifest = '{\n    "name": "shop"\n}\n';
  await writeFile(join(shop.dir, 'package.json'), manifest);
  await shop.git('add', '.');
  await shop.git('commit', '--quiet', '--message', 'package');

  const dry = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--dry-run']);
  const untouched = await traces(shop);
  const ran = await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes']);

  expect(dry.stdout).toContain('--- /dev/null\n+++ b/codearts-hooks.json\n');
  expect(dry.stdout).toContain('+        "prepare": "codearts-hooks install --quiet || exit 0"');
  expect(untouched).toEqual([]);
  expect(ran.stderr).toContain('✓ changed package.json\n  undo: git restore package.json\n');
  expect(ran.stderr).toContain('next: npm install --save-dev codearts-hooks\n');
  expect(await configOf(shop)).toContain('"$schema": "./node_modules/codearts-hooks/schema.json"');
  await shop.git('restore', 'package.json');
  expect(await readFile(join(shop.dir, 'package.json'), 'utf8')).toBe(manifest);
});
