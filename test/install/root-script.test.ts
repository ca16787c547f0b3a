import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planRootScript, scriptAfter } from '../../src/install/root-script.ts';
import { run } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const OURS = 'codearts-hooks install --quiet || exit 0';

describe('the script after what was there', () => {
  test.each([
    [null, OURS],
    ['', OURS],
    ['husky', `husky && ${OURS}`],
    ['lefthook install', `lefthook install && ${OURS}`],
    ['npm run build', `npm run build && (${OURS})`],
    ['husky || true', `(husky || true) && (${OURS})`],
    [`husky && ${OURS}`, `husky && ${OURS}`],
  ])('%j', (before, after) => {
    expect(scriptAfter(before)).toBe(after);
  });

  // Without the packages for development neither program is there: sh says 127 of both.
  test.each([
    [null, 0],
    ['husky', 0],
    ['true', 0],
    ['false', 1],
  ])('after %j, where we are not there, it ends with %i', async (before, exitCode) => {
    const cwd = await scratchFolder();

    expect(
      (await run('sh', ['-c', scriptAfter(before)], { cwd, env: { PATH: '/bin' }, mayFail: true })).exitCode,
    ).toBe(exitCode);
  });
});

async function planIn(files: Readonly<Record<string, string>>, at = '.') {
  const top = await scratchFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(top, name, '..'), { recursive: true });
    await writeFile(join(top, name), text);
  }
  await mkdir(join(top, at), { recursive: true });
  return await planRootScript(join(top, at), top);
}

describe('the root package.json', () => {
  test.each([
    ['npm', { 'package.json': '{}' }, 'prepare'],
    ['npm', { 'package.json': '{"packageManager": "npm@11.0.0"}' }, 'prepare'],
    ['pnpm', { 'package.json': '{}', 'pnpm-lock.yaml': '' }, 'prepare'],
    ['yarn', { 'package.json': '{}', 'yarn.lock': '# yarn lockfile v1\n' }, 'prepare'],
    ['yarn', { 'package.json': '{"packageManager": "yarn@1.22.22"}' }, 'prepare'],
    ['bun', { 'package.json': '{}', 'bun.lock': '' }, 'prepare'],
    ['yarn-berry', { 'package.json': '{"private": true}', '.yarnrc.yml': '' }, 'postinstall'],
    ['yarn-berry', { 'package.json': '{"private": true, "packageManager": "yarn@4.1.0"}' }, 'postinstall'],
    ['yarn-berry', { 'package.json': '{"private": true}', 'yarn.lock': '__metadata:\n' }, 'postinstall'],
  ])('of %s %j gets the script %s', async (manager, files, script) => {
    expect(await planIn(files)).toMatchObject({ manager, script });
  });

  test('is the topmost one, and keeps its look', async () => {
    const text = '{\n\t"name": "shop",\n\t"scripts": {\n\t\t"test": "true"\n\t}\n}\n';
    const plan = await planIn({ 'package.json': text, 'packages/a/package.json': '{}' }, 'packages/a');

    expect(plan).toMatchObject({
      text,
      wanted: `{\n\t"name": "shop",\n\t"scripts": {\n\t\t"test": "true",\n\t\t"prepare": "${OURS}"\n\t}\n}\n`,
      isDependency: false,
    });
  });

  test.each([
    ['no-package', {}],
    ['not-json', { 'package.json': '[1' }],
    ['not-private', { 'package.json': '{}', '.yarnrc.yml': '' }],
  ])('is left as it is: %s', async (why, files) => {
    expect(await planIn(files)).toMatchObject({ why });
  });
});
