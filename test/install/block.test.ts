import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCRIPT_BLOCK, blockVersion, withScriptBlock, withoutBlock } from '../../src/install/block.ts';
import { cleanEnv } from '../fixtures/clean-env.ts';
import { run } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { inEachShell } from '../shim/shells.ts';

const SCRIPTS = [
  '#!/bin/sh\necho hello\n',
  '#!/usr/bin/env bash\n',
  'no shebang, no newline at the end',
  '',
  "#!/bin/sh\n$& $1 $' and `what` replace reads\n",
];

describe('our lines in a script', () => {
  test.each(SCRIPTS)('go in after the first line, and out without a trace: %j', (script) => {
    const changed = withScriptBlock(script);

    expect(blockVersion(script)).toBeNull();
    expect(blockVersion(changed)).toBe(2);
    expect(withoutBlock(changed)).toBe(script);
  });

  test('of an earlier version are put in the place of ours', () => {
    const earlier = '# >>> codearts-hooks 1 >>> what it said\nold lines\n# <<< codearts-hooks <<<\n';

    expect(withScriptBlock(`#!/bin/sh\nbefore\n${earlier}after\n`)).toBe(
      `#!/bin/sh\nbefore\n${SCRIPT_BLOCK}after\n`,
    );
  });
});

/** A folder in which `.git/codearts-hooks/pre-push` writes down what it is given, and a script with our lines. */
async function makeScript(rest: string, ours = 'cat >seen; echo "$*" >>seen'): Promise<string> {
  const dir = await scratchFolder();
  await mkdir(join(dir, '.git', 'codearts-hooks'), { recursive: true });
  await writeFile(join(dir, '.git', 'codearts-hooks', 'pre-push'), `${ours}\n`);
  await writeFile(join(dir, 'hook'), withScriptBlock(rest));
  await chmod(join(dir, 'hook'), 0o755);
  return dir;
}

inEachShell('our lines', ({ command: [program, ...options] }) => {
  const hook = async (dir: string, stdin: string, ...more: string[]) =>
    await run(program, [...options, ...more, 'hook', 'origin', 'a url'], {
      cwd: dir,
      env: cleanEnv(dir),
      stdin,
      mayFail: true,
    });

  test.each([
    ['a line', 'a b c d\n'],
    ['nothing', ''],
    ['backslashes, dollars and leading blanks', '  \\n $(id) `id` \\\n\tx\n'],
    ['5,000 lines', 'refs/heads/main 1 refs/heads/main 2\n'.repeat(5000)],
  ])('hand on %s to ours and to the script, under set -eu', async (_, stdin) => {
    const dir = await makeScript('cat\n');

    const { exitCode, stdout, stderr } = await hook(dir, stdin, '-eu');
    const seen = await run('cat', ['seen'], { cwd: dir, env: cleanEnv(dir) });

    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: stdin, stderr: '' });
    expect(seen.stdout).toBe(`${stdin}origin a url\n`);
  });

  test('fail no script, whatever ours does', async () => {
    const dir = await makeScript('echo on\n', 'exit 7');

    expect(await hook(dir, 'x\n', '-e')).toMatchObject({ exitCode: 0, stdout: 'on\n' });
  });

  test('leave a script its verdict and set no variable of its own', async () => {
    const dir = await makeScript('set | grep "^_codearts"; exit 3\n');

    expect(await hook(dir, 'x\n')).toMatchObject({ exitCode: 3, stdout: '' });
  });

  test('do nothing where we are not installed', async () => {
    const dir = await makeScript('cat\n');
    await run('rm', ['-r', '.git'], { cwd: dir, env: cleanEnv(dir) });

    expect(await hook(dir, 'x\n', '-eu')).toEqual({ exitCode: 0, stdout: 'x\n', stderr: '' });
  });
});
