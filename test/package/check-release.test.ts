import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const MANIFEST = { version: '1.2.3', repository: 'github:example/hooks' };
const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-24\n';

/** What the script says of a release. */
async function check(tag: string, manifest: object, changelog: string): Promise<string> {
  const cwd = await scratchFolder();
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(cwd, 'CHANGELOG.md'), changelog);
  const script = resolve('scripts/check-release.mjs');
  const { exitCode, stderr } = await run(process.execPath, [script, tag], { cwd, env: {}, mayFail: true });
  return `${exitCode} ${stderr}`;
}

test('a version may be published under its tag, with its part of the changelog', async () => {
  expect(await check('v1.2.3', MANIFEST, CHANGELOG)).toBe('0 ');
});

test.each([
  ['v1.2.4', MANIFEST, CHANGELOG, 'the tag is v1.2.4, the version of package.json 1.2.3'],
  ['', MANIFEST, CHANGELOG, 'the tag is missing, the version of package.json 1.2.3'],
  [
    'v1.2.3',
    MANIFEST,
    '## [Unreleased]\n\n## [1.2.31] - 2026-11-24\n',
    'CHANGELOG.md has no section [1.2.3]',
  ],
  ['v1.2.3', { version: '1.2.3' }, CHANGELOG, 'package.json has no "repository"'],
])('%s of %j is refused', async (tag, manifest, changelog, problem) => {
  expect(await check(tag, manifest, changelog)).toBe(`1 error: ${problem}\n`);
});
