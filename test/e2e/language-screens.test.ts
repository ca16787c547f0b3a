import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { type World, configText, test } from '../fixtures/world.ts';

/** Four words of English in a row; what is typed, and what is quoted from elsewhere, has fewer. */
const ENGLISH = /(?:\b[a-z]{2,}[ ,:;]+){3}[a-z]{2,}\b/i;
const CHINESE = /[\u4e00-\u9fff]/;

/** What a command line prints in Chinese, data and talk. */
async function say(world: World, args: readonly string[], stdin = ''): Promise<string> {
  const env = { ...world.env, LANG: 'zh_CN.UTF-8' };
  const { stdout, stderr } = await world.cli(args, { env, mayFail: true, stdin });
  return `$ ${args.join(' ')}\n${stdout}${stderr}`;
}

function expectChinese(screens: readonly string[]): void {
  for (const screen of screens) {
    const [, ...lines] = screen.trimEnd().split('\n');
    expect(lines.join('\n'), screen).toMatch(CHINESE);
    expect(
      lines.filter((line) => ENGLISH.test(line)),
      screen,
    ).toEqual([]);
  }
}

test('the help of every command is Chinese', async ({ world }) => {
  const english = (await world.cli(['--help'])).stdout.split('\n');
  const screens = await Promise.all(
    COMMANDS.map(async ({ name }) => await say(world, name === 'run' ? ['--help'] : [name, '--help'])),
  );

  expectChinese(screens);
  expect(english.filter((line) => ENGLISH.test(line)).length).toBeGreaterThan(15);
});

test('what is wrong with a config is told in Chinese by each command that reads it', async ({ world }) => {
  const broken = configText({
    regoin: 'cn-north-4',
    jobs: [{ name: 'ci', id: 'short', brances: ['main'], trigger: 'exceute' }],
  });
  await writeFile(join(world.dir, 'codearts-hooks.json'), broken);

  const screens = [
    await say(world, ['install']),
    await say(world, ['trust']),
    await say(world, ['explain']),
    await say(world, ['trigger']),
  ];

  expectChinese(screens);
  expect(screens[0]).toContain('jobs[0].brances 未知的键，将被忽略；是否应为 "branches"？');
});

test('setting up is talked of in Chinese', async ({ world }) => {
  await world.cli(['trust', '--revoke']);

  const screens = [
    await say(world, ['install']),
    await say(world, ['trust']),
    await say(world, ['trust', '--yes']),
    await say(world, ['login', '--stdin']),
    await say(world, ['login', '--stdin', '--no-verify'], 'ak=AKEXAMPLE\nsk=secretexample\n'),
    await say(world, ['logout']),
    await say(world, ['install', '--dry-run']),
    await say(world, ['uninstall', '--force']),
    await say(world, ['-C', '/', 'install']),
  ];

  expectChinese(screens);
});

test('a push that waits, and what is done about it, is talked of in Chinese', async ({ world }) => {
  await world.cli(['trust', '--revoke']);
  await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  const [{ id }] = JSON.parse((await world.cli(['history', '--json'])).stdout) as [{ id: string }];

  const screens = [
    await say(world, ['explain']),
    await say(world, ['status']),
    await say(world, ['doctor']),
    await say(world, ['history']),
    await say(world, ['watch']),
    await say(world, ['whoami']),
    await say(world, ['redeliver']),
    await say(world, ['redeliver', '--failed']),
    await say(world, ['redeliver', 'ffff']),
    await say(world, ['trigger', 'nowhere']),
    await say(world, ['trigger', '--job', 'other']),
    await say(world, ['flush', '--wait', 'long']),
    await say(world, ['uninstall']),
    await say(world, ['discard']),
    await say(world, ['run', 'post-commit']),
    await say(world, ['sandbox', '--port', 'x']),
  ];

  expectChinese(screens);
  expect(await say(world, ['uninstall'])).toContain('有 1 个触发尚未送达，将会丢失');
  expect(await say(world, ['discard', id])).not.toContain('error');
});
