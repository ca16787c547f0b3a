import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { validateConfig } from '../src/config/validate.ts';
import { READMES, readReadme } from './fixtures/readme.ts';
import { run } from './fixtures/run.ts';
import { CLI, type World, test } from './fixtures/world.ts';

const README = await readReadme('README.md');
const SHELL = README.blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);

/**
 * A PATH on which the words of the README are the built program: `npx codearts-hooks` too, which fetches nothing here.
 * `npm` is real but for `ci` and `test`: we are in the midst of both.
 */
async function pathOf(world: World): Promise<string> {
  const bin = join(world.root, 'bin');
  await mkdir(bin);
  await symlink(CLI, join(bin, 'codearts-hooks'));
  await writeFile(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const npm = `#!/bin/sh\ncase $1 in ci | test) exit 0 ;; esac\nexec ${process.execPath} ${resolve('scripts/demo.mjs')}\n`;
  await writeFile(join(bin, 'npm'), npm, { mode: 0o755 });
  return `${bin}:${world.env['PATH']}`;
}

test.for(SHELL)('the commands of the README run, and do no harm: %s', async (block, { world }) => {
  await world.commit('something to push');
  const isOfThisRepository = block.includes('npm ci');
  const env = {
    ...world.env,
    PATH: await pathOf(world),
    AK: world.sandbox.ak,
    SK: world.sandbox.sk,
    // What is stored is for this host; the block of `login` is to be the only one that has a key.
    ...(block.includes('login') ? { CODEARTS_HOOKS_TOKEN: '', CODEARTS_HOOKS_REGION: 'cn-north-4' } : {}),
  };
  const script = block.replaceAll('/srv/git/shop.git', world.remote);

  const ran = await run('sh', ['-e', '-c', script], {
    cwd: isOfThisRepository ? '.' : world.dir,
    env,
    mayFail: true,
  });
  if (existsSync(join(world.dir, '.git', 'codearts-hooks'))) await world.settled();

  expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ exitCode: 0 });
  expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/^error:|this is a bug/m);
  expect(world.triggers()).toHaveLength(/^git push/m.test(block) ? 1 : 0);
});

test('the README has commands for every step, and each block says so that it is tested', () => {
  const all = SHELL.join('');

  expect(SHELL.length).toBeGreaterThan(8);
  for (const name of ['install', 'login', 'status', 'history', 'doctor', 'flush', 'redeliver', 'uninstall'])
    expect(all).toContain(`codearts-hooks ${name}`);
  // Nothing that looks like a command is in a block of another kind.
  for (const { language, text } of README.blocks)
    if (language !== 'sh') expect(text).not.toMatch(/^(?:\$ )?(?:npx|npm|codearts-hooks) /m);
});

test.for(READMES)('each JSON of %s is a config that is taken as it is', async (path) => {
  const { blocks } = await readReadme(path);
  const configs = blocks.filter(({ language }) => language === 'json');

  expect(configs).toHaveLength(2);
  for (const { text } of configs) {
    const value = JSON.parse(text) as object;
    const whole = 'jobs' in value ? value : { region: 'cn-north-4', jobs: [value] };
    expect(validateConfig(whole).findings, text).toEqual([]);
  }
});

test.for(READMES)('every file that %s links to is there', async (path) => {
  const { links } = await readReadme(path);
  const files = links.filter((target) => !/^https?:|^#/.test(target));

  expect(files).toContain('src/README.md');
  expect(files.filter((target) => !existsSync(target))).toEqual([]);
});
