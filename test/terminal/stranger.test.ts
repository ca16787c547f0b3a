import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { run, until } from '../fixtures/run.ts';
import { test, takeRules } from '../fixtures/shop.ts';
import { openTmux } from '../fixtures/tmux.ts';
import { lacks } from '../fixtures/unavailable.ts';

/** No way to a registry: npx takes the packed tarball, which has no dependencies. */
const OFFLINE = {
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
};

test.skipIf(lacks('tmux'))(
  'a stranger in a Java repository: npx init, commit, push, and the build watched to its end, in five commands',
  async ({ shop, task }) => {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', shop.root], {
      cwd: resolve('.'),
      env: { ...shop.env, ...OFFLINE },
    });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    const env = { ...shop.loggedIn, ...OFFLINE, PATH: process.env['PATH'] ?? '' };
    const terminal = await openTmux({ cwd: shop.dir, env, rows: 50 });
    const npx = `npx --yes --package ${join(shop.root, packed?.filename ?? '')} -- codearts-hooks`;
    let commands = 0;
    const enter = async (line: string): Promise<void> => {
      commands += 1;
      await terminal.enter(line);
    };
    const startedAt = performance.now();

    await enter(`${npx} init`);
    await terminal.shows('In which region are your jobs?');
    await terminal.enter('cn-north-4');
    await terminal.shows('docs-site');
    await terminal.press('Enter');
    await takeRules(terminal);
    await terminal.press('Enter');
    await terminal.shows('Show what a push would send now?');
    await terminal.press('n');
    await terminal.shows('next: git add codearts-hooks.json && git commit, then git push');
    await enter('clear; git add codearts-hooks.json && git commit -qm "Build on push"');
    await enter('git push');
    await terminal.shows('main -> main');
    await until('the build', async () => shop.sandbox.requests().some(({ build }) => build !== null));
    const pushedAt = performance.now();
    await enter(`clear; ${npx} watch; echo "exit $?"`);
    const watched = await terminal.shows(/exit \d+\n\$/);
    const seconds = (ms: number): string => (ms / 1000).toFixed(1);
    const endedAt = performance.now();

    console.log(
      `${task.name}: ${commands} commands, ${seconds(endedAt - startedAt)} s; the build ${seconds(pushedAt - startedAt)} s after the first key`,
    );
    expect(commands).toBeLessThanOrEqual(5);
    expect(watched).toMatch(/✓ shop-ci #1 succeeded in \d+ s · main [0-9a-f]{7}/);
    expect(watched).toContain('exit 0');
    expect(shop.sandbox.requests().filter(({ build }) => build !== null)).toHaveLength(1);
    expect(existsSync(join(shop.dir, 'node_modules'))).toBe(false);
    expect(existsSync(join(shop.dir, 'package.json'))).toBe(false);
    expect((await shop.git('status', '--porcelain')).stdout).toBe('');
  },
);
