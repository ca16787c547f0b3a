import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { type World, test } from '../fixtures/world.ts';

const CHINESE = /[\u4e00-\u9fff]/;

/** The world's environment in a locale. */
function speaking(world: World, LANG: string): Record<string, string> {
  return { ...world.env, LANG };
}

test('the command line is Chinese where the locale is, and English in C', async ({ world }) => {
  const chinese = await world.cli(['--help'], { env: speaking(world, 'zh_CN.UTF-8') });
  const english = await world.cli(['--help'], { env: speaking(world, 'C') });

  expect(chinese.stdout).toContain('git push 即启动华为云 CodeArts 编译构建');
  expect(chinese.stdout).toContain('列出历次推送及其启动的构建');
  expect(english.stdout).toContain('git push starts your Huawei Cloud CodeArts build.');
  expect(english.stdout).not.toMatch(CHINESE);
});

test('errors and their remedies are Chinese, and name the same commands', async ({ world }) => {
  const env = speaking(world, 'zh_CN.UTF-8');

  const unknown = await world.cli(['statsu'], { env, mayFail: true });
  const english = await world.cli(['statsu'], { env: speaking(world, 'C'), mayFail: true });

  expect(unknown).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: '错误：未知命令“statsu”\n（是否要输入 status？）\n提示：codearts-hooks --help\n',
  });
  expect(english.stderr).toBe(
    "error: unknown command 'statsu'\n(Did you mean status?)\nhint: codearts-hooks --help\n",
  );
});

test('the preference goes before the locale, and the variable before the preference', async ({ world }) => {
  const folder = join(world.root, 'home', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), '{ "language": "zh-CN" }\n');

  const preferred = await world.cli(['--help'], { env: speaking(world, 'C') });
  const overruled = await world.cli(['--help'], { env: { ...world.env, CODEARTS_HOOKS_LANG: 'en' } });

  expect(preferred.stdout).toMatch(CHINESE);
  expect(overruled.stdout).not.toMatch(CHINESE);
});

test('the next push says in Chinese what waits; what is stored and what programs read is English', async ({
  world,
}) => {
  await world.cli(['trust', '--revoke']);
  const env = speaking(world, 'zh_CN.UTF-8');
  const push = async (): Promise<string> => {
    await world.commit('a change');
    const { stderr } = await world.git(['push', 'origin', 'main'], { env });
    await world.settled();
    return stderr;
  };

  await push();
  const second = await push();

  expect(second.split('\n')).toContain(
    'codearts-hooks: 有 1 个构建等待触发：构建任务 ci 在本机上未获批准；请运行 codearts-hooks trust',
  );
  const { stdout } = await world.cli(['history', '--json'], { env });
  const [row] = JSON.parse(stdout) as HistoryRow[];
  expect(row).toMatchObject({ state: 'held', reason: 'job ci is not approved on this machine' });
  expect(stdout).not.toMatch(CHINESE);
  const log = join(world.dir, '.git', 'codearts-hooks', 'log');
  expect(existsSync(log) ? await readFile(log, 'utf8') : '').not.toMatch(CHINESE);
});

test('in the locale C the same line is English', async ({ world }) => {
  await world.cli(['trust', '--revoke']);
  const env = speaking(world, 'C');
  await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();
  await world.commit('another');

  const { stderr } = await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();

  expect(stderr).toBe(
    'codearts-hooks: 1 trigger waits: job ci is not approved on this machine; run codearts-hooks trust\n',
  );
});
