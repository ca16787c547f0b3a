import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listenUntilFinished } from '../fixtures/listen.ts';
import { SHOP_CI, type Shop, answerLogin, takeRules, test } from '../fixtures/shop.ts';
import { until } from '../fixtures/run.ts';
import { type TmuxOptions, type Tmux, openTmux } from '../fixtures/tmux.ts';
import { lacks } from '../fixtures/unavailable.ts';

const isImpossible = lacks('tmux');

function open(shop: Shop, more: Partial<TmuxOptions> = {}): Promise<Tmux> {
  return openTmux({ cwd: shop.dir, env: shop.loggedIn, rows: 40, ...more });
}

async function expectUntouched({ dir, git }: Shop): Promise<void> {
  expect((await git('status', '--porcelain')).stdout).toBe('');
  expect(existsSync(join(dir, '.git', 'codearts-hooks'))).toBe(false);
}

/** The shell is there again, with its cursor, and what is typed is seen and run. */
async function expectIntact(terminal: Tmux): Promise<void> {
  expect((await terminal.cursor()).isVisible).toBe(true);
  await terminal.enter('stty -a | grep -c " icanon.* echo "; echo "still $((20 + 1)) here"');
  const screen = await terminal.shows('still 21 here');
  expect(screen).toContain('$ stty -a | grep -c');
}

test.skipIf(isImpossible)(
  'init key by key: region, login, search, warning, another job, rules, one question; then a push builds',
  async ({ shop }) => {
    const { sandbox, dir } = shop;
    const terminal = await open(shop, { env: shop.env, rows: 60 });

    await terminal.enter('codearts-hooks init');
    await answerLogin(terminal, sandbox);
    const listed = await terminal.shows('docs-site');
    await terminal.press('r', 'e', 'l');
    await terminal.shows(/Search: rel/);
    await terminal.press('Enter');
    const warned = await terminal.shows('Take shop-release nevertheless?');
    await terminal.press('n');
    await terminal.shows(/Take shop-release nevertheless\?\nno[^]*Search:/);
    await terminal.press('Enter');
    await terminal.shows('Pushes of which branches start it?');
    await terminal.press('Down', 'Enter');
    await terminal.shows('And tags?');
    await terminal.press('Enter');
    const shown = await terminal.shows('Do that?');
    await expectUntouched(shop);
    await terminal.press('Enter');
    await terminal.shows('Show what a push would send now?');
    await terminal.press('Enter');
    const end = await terminal.shows('next: git add codearts-hooks.json && git commit, then git push');

    expect(listed).toMatch(
      /shop-ci [^]*shop-release[^]*shop-deploy \[you may not start it\][^]*shop-nightly \[disabled\]/,
    );
    expect(warned).toContain('builds by itself at every push');
    expect(shown).toContain('+      "branches": ["main", "release/**"]');
    expect(shown).not.toContain(sandbox.sk);
    expect(end).toContain('undo: rm codearts-hooks.json');
    expect(end).toContain(`POST ${sandbox.url}/v1/job/${SHOP_CI}/auto-execute`);
    expect(sandbox.requests().filter(({ build }) => build !== null)).toEqual([]);

    await terminal.enter('clear; git add . && git commit -qm config && git push -q');
    await until('the build', async () => sandbox.requests().some(({ build }) => build !== null));
    expect(JSON.parse(await readFile(join(dir, 'codearts-hooks.json'), 'utf8'))).toMatchObject({
      region: 'cn-north-4',
      jobs: [{ name: 'shop-ci', id: SHOP_CI }],
    });
  },
);

test.skipIf(isImpossible)(
  'a pasted address is a job, and wrong patterns are told at once',
  async ({ shop }) => {
    const id = 'abcdef0123456789abcdef0123456789';
    const terminal = await open(shop);

    await terminal.enter('codearts-hooks init --region cn-north-4; echo "exit $?"');
    await terminal.shows('docs-site');
    await terminal.enter(`https://devcloud.cn-north-4.huaweicloud.com/cicd/cloudbuild/detail/history/${id}`);
    await terminal.shows('Pushes of which branches start it?');
    await terminal.press('Up', 'Enter');
    await terminal.shows('Patterns as in GitHub Actions');
    await terminal.enter('!main');
    await terminal.shows('take back what an earlier one gave');
    await terminal.press('C-u');
    await terminal.enter('main, feature/**');
    await terminal.shows('And tags?');
    await terminal.press('Enter');
    const shown = await terminal.shows('Do that?');
    await terminal.press('n');
    const end = await terminal.shows('exit 130');

    expect(shown).toContain(`"id": "${id}"`);
    expect(shown).toContain('"branches": ["main", "feature/**"]');
    expect(end).toContain('error: stopped: nothing was written to the repository');
    await expectUntouched(shop);
  },
);

const PROMPTS: readonly (readonly [flags: string, prompt: string])[] = [
  ['', 'In which region are your jobs?'],
  ['--region cn-north-4', 'Which job does a push start?'],
  ['--region cn-north-4 --job shop-ci', 'Pushes of which branches start it?'],
  ['--region cn-north-4 --job shop-ci --branches main', 'Do that?'],
];

test.skipIf(isImpossible)(
  'Ctrl-C at any prompt: 130, nothing written, the terminal as it was',
  async ({ shop }) => {
    const terminal = await open(shop);
    for (const [flags, prompt] of PROMPTS) {
      await terminal.enter(`clear; codearts-hooks init ${flags}; echo "exit $?"`);
      await terminal.shows(prompt);
      await terminal.press('C-c');
      const end = await terminal.shows(/exit \d+\n\$/);

      expect(end).toContain('exit 130');
      expect(end).toContain('error: stopped: nothing was written to the repository');
      await expectUntouched(shop);
      await expectIntact(terminal);
    }
  },
);

test.skipIf(isImpossible)('on 40 columns every question can be read and answered', async ({ shop }) => {
  const terminal = await open(shop, { columns: 40, rows: 50 });

  await terminal.enter('codearts-hooks init --region cn-north-4');
  const listed = await terminal.shows('docs-site');
  await terminal.press('Enter');
  await terminal.shows('start it?\n');
  await terminal.press('Enter');
  await terminal.shows('And tags?');
  await terminal.resize(60, 50);
  await terminal.press('Enter');
  await terminal.shows('Do that?');
  await terminal.press('y');
  await terminal.shows('Show what a push would send now?');
  await terminal.press('n');
  const end = await terminal.shows('next: git add codearts-hooks.json');

  expect(listed.split('\n').every((line) => line.length <= 40)).toBe(true);
  expect(listed).toContain('○ shop-nightly [disabled]');
  expect(end).toContain('✓ wrote codearts-hooks.json');
});

test
  .skipIf(isImpossible)
  .for([
    ['NO_COLOR=1 codearts-hooks init --region cn-north-4'],
    ['codearts-hooks init --region cn-north-4 --no-color'],
  ])('%s has no colour at any prompt', async ([command], { shop }) => {
  const terminal = await open(shop);

  await terminal.enter(command ?? '');
  await terminal.shows('docs-site');
  const list = await terminal.screen('styled');
  await terminal.press('Enter');
  await terminal.shows('start it?');
  await terminal.press('Enter');
  await terminal.shows('And tags?');
  await terminal.press('Enter');
  await terminal.shows('Do that?');
  const last = await terminal.screen('styled');
  await terminal.press('C-c');
  await terminal.shows('nothing was written');

  expect(list).not.toContain('\u001b[');
  expect(last).not.toContain('\u001b[');
});

test.skipIf(isImpossible)('in colour, the diff and the prompts are coloured', async ({ shop }) => {
  const terminal = await open(shop);

  await terminal.enter('codearts-hooks init --region cn-north-4 --job shop-ci --branches main');
  await terminal.shows('Do that?');
  const screen = await terminal.screen('styled');
  await terminal.press('C-c');

  expect(screen).toContain('\u001b[32m+{\n');
  expect(screen).toContain('\u001b[32m●');
});

test.skipIf(isImpossible)(
  'a second init asks whether to keep the config or to add a job',
  async ({ shop }) => {
    await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes']);
    const terminal = await open(shop);

    await terminal.enter('codearts-hooks init; echo "exit $?"');
    await terminal.shows('codearts-hooks.json starts shop-ci already. What now?');
    await terminal.press('Down', 'Enter');
    await terminal.shows('docs-site');
    await terminal.enter('docs');
    await takeRules(terminal);
    await terminal.press('Enter');
    await terminal.shows('Show what a push would send now?');
    await terminal.press('C-c');
    const end = await terminal.shows('exit 0');

    expect(end).toContain('✓ changed codearts-hooks.json');
    expect(JSON.parse(await readFile(join(shop.dir, 'codearts-hooks.json'), 'utf8'))).toMatchObject({
      jobs: [{ name: 'shop-ci' }, { name: 'docs-site', branches: ['main'] }],
    });
  },
);

test.skipIf(isImpossible)(
  'Ctrl-C while the service does not answer: 130, nothing written',
  async ({ shop }) => {
    const sockets = new Set<Socket>();
    const hanging = createServer((socket) => sockets.add(socket));
    const url = `http://127.0.0.1:${await listenUntilFinished(hanging, sockets)}`;
    const terminal = await open(shop, { env: { ...shop.loggedIn, CODEARTS_HOOKS_ENDPOINT: url } });
    const asked = once(hanging, 'connection');

    await terminal.enter('codearts-hooks init --region cn-north-4');
    await asked;
    await terminal.press('C-c');
    await terminal.shows(/\^C\n\$/);
    await terminal.enter('echo "exit $?"');
    await terminal.shows(/^exit 130/m);

    await expectUntouched(shop);
    await expectIntact(terminal);
  },
);
