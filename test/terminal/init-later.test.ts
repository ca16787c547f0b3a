import { expect } from 'vitest';
import { SHOP_CI, test, takeRules } from '../fixtures/shop.ts';
import { openTmux } from '../fixtures/tmux.ts';
import { lacks } from '../fixtures/unavailable.ts';

test.skipIf(lacks('tmux'))('who logs in later is told so at the end, before the push', async ({ shop }) => {
  const terminal = await openTmux({ cwd: shop.dir, env: shop.env, rows: 40 });

  await terminal.enter('codearts-hooks init --region cn-north-4; echo "exit $?"');
  await terminal.shows('Log in now?');
  await terminal.press('Down', 'Enter');
  await terminal.shows('Paste the id of the build task');
  await terminal.enter(
    `https://devcloud.cn-north-4.huaweicloud.com/cicd/project/${'0'.repeat(32)}/cloudbuild/list`,
  );
  await terminal.shows('there is no id of a job in it');
  await terminal.press('C-u');
  await terminal.enter(SHOP_CI);
  await takeRules(terminal);
  await terminal.press('y');
  await terminal.shows('Show what a push would send now?');
  await terminal.press('n');
  const end = await terminal.shows('exit 0');

  expect(end).toMatch(/next: codearts-hooks login\n+next: git add codearts-hooks\.json/);
});

test.skipIf(lacks('tmux'))('in Chinese the prompts’ own words are Chinese too', async ({ shop }) => {
  const env = { ...shop.loggedIn, CODEARTS_HOOKS_LANG: 'zh-CN' };
  const terminal = await openTmux({ cwd: shop.dir, env, rows: 40 });

  await terminal.enter('codearts-hooks init --region cn-north-4');
  const all = await terminal.shows('docs-site');
  await terminal.type('pings');
  const none = await terminal.shows('没有匹配项');
  await terminal.press('C-c');
  await terminal.shows('已停止');

  expect(all).toMatch(/^搜索：/m);
  expect(all).toContain('↑/↓ 选择 • 回车：确认 • 输入：搜索');
  expect(none).not.toMatch(/search|select|confirm|match/i);
});
