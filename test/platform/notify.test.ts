import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { notify } from '../../src/platform/notify.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const TITLE = '-e do shell script "touch hit"';
const BODY = '$(touch hit); `touch hit` "\' <i>&\n%PATH%';

/** A folder with a program that records what it is called with. */
async function recorder(
  name: string,
): Promise<{ readonly folder: string; readonly told: () => Promise<string> }> {
  const folder = await scratchFolder();
  const script = `#!/bin/sh\n{ printf '<%s>' "$@"; printf '|%s|%s' "$CODEARTS_HOOKS_TITLE" "$CODEARTS_HOOKS_BODY"; } >'${folder}/told'\n`;
  await writeFile(join(folder, name), script);
  await chmod(join(folder, name), 0o755);
  return { folder, told: () => readFile(join(folder, 'told'), 'utf8') };
}

test.each([
  [
    'linux',
    'notify-send',
    `<--app-name=codearts-hooks><--><${TITLE}><${BODY.replace('<i>&', '&lt;i&gt;&amp;')}>||`,
  ],
  [
    'darwin',
    'osascript',
    '<-e><on run argv><-e><display notification (item 2 of argv) with title (item 1 of argv)><-e><end run>' +
      `<--><${TITLE}><${BODY}>||`,
  ],
])('on %s the text is a whole argument of %s', async (platform, program, expected) => {
  const { folder, told } = await recorder(program);
  const env = { PATH: `${folder}:${process.env['PATH']}` };

  const problem = await notify({ title: TITLE, body: BODY }, { env, cwd: folder, platform });

  expect(problem).toBeNull();
  expect(await told()).toBe(expected);
});

test('on Windows the text is in the environment, and no part of the script', async () => {
  const { folder, told } = await recorder('powershell.exe');
  const env = { PATH: `${folder}:${process.env['PATH']}` };

  await notify({ title: TITLE, body: BODY }, { env, cwd: folder, platform: 'win32' });

  const [args = '', title, ...body] = (await told()).split('|');
  expect(args).not.toContain('hit');
  expect(args).toContain('$env:CODEARTS_HOOKS_TITLE, $env:CODEARTS_HOOKS_BODY');
  expect([title, body.join('|')]).toEqual([TITLE, BODY]);
});

test('a machine without such a program is told of, and fails nothing', async () => {
  const folder = await scratchFolder();

  const problem = await notify(
    { title: 'a', body: 'b' },
    { env: { PATH: folder }, cwd: folder, platform: 'linux' },
  );

  expect(problem).toMatch(/^notify-send: .*ENOENT/);
});
