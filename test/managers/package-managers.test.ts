import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cleanEnv } from '../fixtures/clean-env.ts';
import { type Ran, run } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';
import { pathOf } from '../shim/shells.ts';
import { PACKAGE_MANAGERS, type PackageManager } from './package-managers.ts';
import { type Registry, startRegistry } from './registry.ts';

let folder = '';
let registry: Registry;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codearts-hooks-registry-'));
  registry = await startRegistry(folder, cleanEnv(folder));
});
afterAll(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

interface Place {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  readonly mayFail?: boolean;
}

function manage(
  world: World,
  { command }: PackageManager,
  args: readonly string[],
  place: Place,
): Promise<Ran> {
  const [program = '', ...first] = command;
  const env = { ...world.env, npm_config_fund: 'false', npm_config_audit: 'false', ...place.env };
  return run(program, [...first, ...args], { cwd: place.cwd, env, mayFail: place.mayFail === true });
}

/** What somebody of the team does once: adds the package, has `init` write the script, commits. */
async function adopt(world: World, manager: PackageManager, at = '.'): Promise<void> {
  const cwd = join(world.dir, at);
  await world.cli(['uninstall', '--force']);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'package.json'), '{\n  "name": "shop",\n  "private": true\n}\n');
  for (const [name, text] of Object.entries(manager.files)) {
    await writeFile(join(cwd, name), text.replace('URL', registry.url));
  }
  await manage(world, manager, manager.add, { cwd });
  await world.cli(['init', '--prepare'], { cwd });
  await writeFile(join(world.dir, '.gitignore'), 'node_modules\n.pnp.*\n.yarn\n');
  await world.commit('adopt codearts-hooks');
  await world.git(['push', '--quiet', 'origin', 'main']);
}

/** A teammate's clone. */
async function freshClone(world: World): Promise<string> {
  const dir = join(world.root, 'fresh');
  await world.git(['clone', '--quiet', world.remote, dir], { cwd: world.root });
  return dir;
}

for (const manager of PACKAGE_MANAGERS) {
  describe(manager.name, () => {
    test('1. a fresh clone, an install, no approvals: a push starts a build', async ({ world }) => {
      await adopt(world, manager);
      const cwd = await freshClone(world);
      world.env['CODEARTS_HOOKS_TRUST'] = '1';

      const installed = await manage(world, manager, manager.install, { cwd });
      const after = await world.commit('one', cwd);
      await world.git(['push', '--quiet', 'origin', 'main'], { cwd });
      await world.settled(join(cwd, '.git'));

      const { scripts } = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8')) as {
        scripts: object;
      };
      expect(scripts).toEqual({ [manager.script]: 'codearts-hooks install --quiet || exit 0' });
      expect(installed.exitCode).toBe(0);
      expect(world.triggers()).toMatchObject([{ ref: 'refs/heads/main', after }]);
      expect((await world.git(['status', '--porcelain'], { cwd })).stdout).toBe('');
    });
  });
}

for (const manager of PACKAGE_MANAGERS.filter(({ name }) => name.startsWith('npm'))) {
  test(`2. ${manager.name} ci --omit=dev, without git, and outside a repository: no failure, and no word of ours`, async ({
    world,
  }) => {
    await adopt(world, manager);
    const cwd = await freshClone(world);
    const few = join(world.root, 'few');
    await mkdir(few);
    for (const name of ['sh', 'node', 'npm']) await symlink(pathOf(name), join(few, name));
    const outside = join(world.root, 'outside');
    await cp(cwd, outside, { recursive: true });
    await rm(join(outside, '.git'), { recursive: true });

    const production = await manage(world, manager, ['ci', '--omit=dev'], { cwd });
    const gitless = await manage(world, manager, ['ci'], { cwd: outside, env: { PATH: few } });
    const outsiders = await manage(world, manager, ['ci'], { cwd: outside });
    const inCi = await manage(world, manager, ['ci'], { cwd, env: { CI: 'true' } });

    for (const ran of [production, gitless, outsiders, inCi]) expect(ran.exitCode).toBe(0);
    for (const ran of [gitless, outsiders, inCi]) {
      expect(ran.stdout + ran.stderr).not.toMatch(/error|hint|codearts-hooks is/);
    }
    expect(await readdir(join(cwd, '.git'))).not.toContain('codearts-hooks');
  });

  test(`9. ${manager.name} install in a subfolder sets up the repository that it is in`, async ({
    world,
  }) => {
    await adopt(world, manager, 'packages/a');
    const dir = await freshClone(world);
    world.env['CODEARTS_HOOKS_TRUST'] = '1';

    await manage(world, manager, manager.install, { cwd: join(dir, 'packages', 'a') });
    await rm(join(dir, 'packages', 'a', 'node_modules'), { recursive: true });
    const after = await world.commit('one', dir);
    await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
    await world.settled(join(dir, '.git'));

    expect(world.triggers()).toMatchObject([{ after }]);
  });
}
