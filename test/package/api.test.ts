import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { run } from '../fixtures/run.ts';
import { makePushed } from '../fixtures/repo.ts';
import { npmEnv, packTarball } from '../fixtures/tarball.ts';
import { cleanEnv } from '../fixtures/clean-env.ts';

/** A project of somebody who uses the package, with nothing else installed in it. */
let project: string;
let env: Record<string, string>;

beforeAll(async () => {
  const root = join(inject('scratch'), 'consumer');
  project = join(root, 'project');
  await mkdir(project, { recursive: true });
  await mkdir(join(root, 'home'));
  env = npmEnv(cleanEnv(root));
  const tarball = await packTarball(root, env);
  await writeFile(join(project, 'package.json'), '{ "name": "consumer", "private": true }');
  await run('npm', ['install', '--save-dev', tarball], { cwd: project, env });
});

async function readme(): Promise<string> {
  return await readFile('README.md', 'utf8');
}

/** The example of the README's part on the API. */
async function example(): Promise<string> {
  const [, part = ''] = (await readme()).split('\n## From a program\n');
  return /```ts\n([^]*?)```/.exec(part)?.[1] ?? 'there is no example';
}

test('an install is one package of at most 2 MB, with one entry in the lock file', async () => {
  const folder = join(project, 'node_modules', 'codearts-hooks');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: object; hasInstallScript?: boolean }>;
  };
  const { '': own, ...installed } = lock.packages;

  expect(Object.keys(installed)).toEqual(['node_modules/codearts-hooks']);
  expect(installed['node_modules/codearts-hooks']).not.toHaveProperty('dependencies');
  expect(installed['node_modules/codearts-hooks']).not.toHaveProperty('hasInstallScript');
  expect(own).toBeDefined();
  expect((await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
    'codearts-hooks',
  ]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2 * 1024 * 1024);
});

test('the README’s example starts a build, run as a module by what is installed', async () => {
  const repo = await makePushed();
  await writeFile(join(project, 'hook.mjs'), await example());
  const stdin = `${'0'.repeat(40)} ${repo.first} refs/heads/main\n`;

  const { stdout } = await run(process.execPath, [join(project, 'hook.mjs')], {
    cwd: repo.remote,
    env,
    stdin,
  });

  expect(stdout).toBe('refs/heads/main: build #1\n');
});

test('CommonJS takes it by import()', async () => {
  const script = `import('codearts-hooks').then((all) => console.log(Object.keys(all).sort().join(' ')))`;
  await writeFile(join(project, 'list.cjs'), script);

  const { stdout } = await run(process.execPath, ['list.cjs'], { cwd: project, env });

  expect(stdout).toBe('CodeArtsClient buildPushEvent createSandbox parsePostReceive\n');
});

test('the types need no others, and are as strict as the strictest project', async () => {
  const uses = [
    "import { CodeArtsClient, buildPushEvent, createSandbox, parsePostReceive } from 'codearts-hooks';",
    "import type { Fault, PushEvent, RefUpdate, Sandbox, TriggerResult } from 'codearts-hooks';",
    "const updates: RefUpdate[] = parsePostReceive('');",
    'const event: PushEvent | null = await buildPushEvent(updates[0]!, { maxCommits: 5 });',
    'const sandbox: Sandbox = await createSandbox();',
    "const faults: Fault[] = [{ kind: 'slow', ms: 1 }];",
    'sandbox.setFaults(faults);',
    "const client = new CodeArtsClient({ region: 'cn-north-4', token: sandbox.token });",
    "const result: TriggerResult = await client.trigger('', event!);",
    "if (result.kind === 'accepted') result.build.number.toUpperCase();",
    '// @ts-expect-error -- a reason is no part of a success',
    "if (result.kind === 'accepted') result.reason;",
    '// @ts-expect-error -- an event may be null',
    "await client.trigger('', event);",
  ];
  await writeFile(join(project, 'uses.ts'), `${uses.join('\n')}\n`);
  await writeFile(join(project, 'example.ts'), await example());
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    strict: true,
    noEmit: true,
  };
  const own = { ...compilerOptions, exactOptionalPropertyTypes: true, skipLibCheck: false, types: [] };
  const node = { ...compilerOptions, types: ['node'], typeRoots: [resolve('node_modules/@types')] };
  await writeFile(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
  for (const [name, options] of Object.entries({ uses: own, example: node })) {
    const config = { compilerOptions: options, files: [`${name}.ts`] };
    await writeFile(join(project, `tsconfig.${name}.json`), JSON.stringify(config));
    const tsc = [resolve('node_modules/typescript/bin/tsc'), '-p', `tsconfig.${name}.json`];
    expect((await run(process.execPath, tsc, { cwd: project, env, mayFail: true })).stdout).toBe('');
  }
});

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly {
    name: string;
    version: string;
    purl: string;
    licenses: object;
    hashes: object;
  }[];
}

test('the SBOM lists what the licences list, as npm itself tells it, and nothing of the time and the machine', async () => {
  const folder = join(project, 'node_modules', 'codearts-hooks');
  const text = await readFile(join(folder, 'sbom.cdx.json'), 'utf8');
  const { bomFormat, components } = JSON.parse(text) as Sbom;
  const notices = await readFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const listed = [...notices.matchAll(/^-{80}\n(\S+) (\S+) \(.+\)$/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const ofNpm = JSON.parse((await run('npm', args, { cwd: '.', env })).stdout) as Sbom;

  expect(bomFormat).toBe('CycloneDX');
  expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual(listed);
  expect(listed).toContain('execa 9.6.1');
  for (const { name, version, purl, licenses, hashes } of components) {
    expect(ofNpm.components).toContainEqual(
      expect.objectContaining({ name, version, purl, licenses, hashes }),
    );
  }
  expect(text).not.toMatch(/timestamp|serialNumber|resolved|registry/);
});
