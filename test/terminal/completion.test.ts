import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SHOP_CI, test } from '../fixtures/shop.ts';
import { openTmux } from '../fixtures/tmux.ts';
import { lacks } from '../fixtures/unavailable.ts';

test.skipIf(lacks('tmux') || lacks('zsh'))(
  'the TAB key in zsh: commands, options, jobs, ids, folders',
  async ({ shop }) => {
    await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI, '--yes']);
    await shop.cli(['trigger', '--wait']);
    const [row] = JSON.parse((await shop.cli(['history', '--json'])).stdout) as { id: string }[];
    const id = row?.id.slice(0, 7) ?? '';
    const rc = "PS1='zsh> '\nautoload -Uz compinit\ncompinit -u\nsource <(codearts-hooks completion zsh)\n";
    await writeFile(join(shop.root, 'home', '.zshrc'), rc);
    const terminal = await openTmux({ cwd: shop.dir, env: shop.loggedIn, columns: 100 });
    const complete = async (line: string, shown: string | RegExp): Promise<string> => {
      await terminal.press('C-u');
      await terminal.type(line);
      await terminal.press('Tab');
      return await terminal.shows(shown);
    };

    await terminal.enter('clear; exec zsh -i');
    await terminal.shows('zsh>');
    await complete('codearts-hooks tri', /zsh> codearts-hooks trigger$/);
    await complete('codearts-hooks trigger --jo', /zsh> codearts-hooks trigger --job/);
    await complete('codearts-hooks trigger --job sh', /zsh> codearts-hooks trigger --job shop-ci/);
    await complete(`codearts-hooks show ${id.slice(0, 2)}`, `zsh> codearts-hooks show ${id}`);
    await complete('cah explain --remote or', /zsh> cah explain --remote origin/);
    await complete('codearts-hooks explain main..ma', /zsh> codearts-hooks explain main\.\.main/);
    await complete('codearts-hooks completion f', /zsh> codearts-hooks completion fish/);
    const commands = await complete('codearts-hooks st', /status +-- Show whether/);
    await complete(`codearts-hooks -C ${shop.root}/ho`, `codearts-hooks -C ${shop.root}/home/`);

    expect(commands).toContain('stop    -- Ask the service to stop the build');
  },
);

test.skipIf(lacks('tmux'))('the TAB key in bash, after the line of --help in ~/.bashrc', async ({ shop }) => {
  await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI, '--yes']);
  const terminal = await openTmux({ cwd: shop.dir, env: shop.loggedIn });

  await terminal.enter('clear; eval "$(codearts-hooks completion bash)"; echo ready');
  await terminal.shows(/^ready/m);
  await terminal.type('codearts-hooks trig');
  await terminal.press('Tab');
  await terminal.shows(/\$ codearts-hooks trigger$/);
  await terminal.type('--job sh'); // behind the blank that bash has put there
  await terminal.press('Tab');
  await terminal.shows(/\$ codearts-hooks trigger --job shop-ci/);
  await terminal.type('--dry');
  await terminal.press('Tab', 'Enter');
  const screen = await terminal.shows('"name": "shop"');

  expect(screen).toContain(`/v1/job/${SHOP_CI}/auto-execute`);
});
