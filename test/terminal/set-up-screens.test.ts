import { COMMANDS } from '../../src/commands/index.ts';
import { expectScreen, normalized, screenOf } from '../fixtures/screen.ts';
import { type Shop, answerLogin, takeRules, test } from '../fixtures/shop.ts';
import { type Tmux, openTmux } from '../fixtures/tmux.ts';
import { lacks } from '../fixtures/unavailable.ts';

const isImpossible = lacks('tmux');

/** Runs a command as a pipe sees it, and compares all that it prints. */
async function shot(
  shop: Shop,
  name: string,
  args: readonly string[],
  options: Parameters<Shop['cli']>[1] = {},
): Promise<void> {
  await expectScreen(name, normalized(screenOf(args, await shop.cli(args, options)), shop));
}

/** Compares what a terminal shows; credentials differ from run to run. */
async function look(shop: Shop, name: string, terminal: Tmux): Promise<void> {
  const screen = (await terminal.screen('whole')).replaceAll(/((?:_TOKEN|_AK)=)\S+/g, '$1SECRET');
  await expectScreen(name, normalized(`${screen}\n`, shop));
}

test('what init, login and logout say through a pipe', async ({ shop }) => {
  const { env, sandbox } = shop;
  const stdin = `ak=${sandbox.ak}\nsk=${sandbox.sk}\n`;

  await shot(shop, 'init-nobody', ['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes'], { env });
  await shot(shop, 'login-nobody', ['login', '--region', 'cn-north-4'], { env });
  await shot(shop, 'login-wrong', ['login', '--region', 'cn-north-4', '--stdin'], {
    env,
    stdin: stdin.replace(sandbox.sk, 'wrong'),
  });
  await shot(shop, 'login', ['login', '--region', 'cn-north-4', '--stdin'], { env, stdin });
  await shot(shop, 'init-no-flags', ['init'], { env });
  await shot(shop, 'init-no-job', ['init', '--region', 'cn-north-4', '--job', 'shop-cy', '--yes'], { env });
  await shot(shop, 'init-dry-run', ['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--dry-run'], {
    env,
  });
  await shot(shop, 'init', ['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes'], { env });
  await shot(shop, 'init-again', ['init', '--yes'], { env });
  await shot(shop, 'logout', ['logout'], { env });
  await shot(shop, 'logout-none', ['logout'], { env: shop.loggedIn });
});

test.skipIf(isImpossible)('init with a login, question by question', async ({ shop }) => {
  const { env, sandbox } = shop;
  const terminal = await openTmux({ cwd: shop.dir, env, columns: 100, rows: 90 });

  await terminal.enter('clear; codearts-hooks init; echo "exit $?"');
  await answerLogin(terminal, sandbox);
  await terminal.shows('docs-site');
  await look(shop, 'init-jobs', terminal);
  await terminal.press('Enter');
  await takeRules(terminal);
  await terminal.press('Enter');
  await terminal.shows('Show what a push would send now?');
  await terminal.press('y');
  await terminal.shows(/exit \d+\n\$/);
  await look(shop, 'init-terminal', terminal);
});

test.skipIf(isImpossible)('the sandbox shows what comes, and ends with Ctrl-C', async ({ shop }) => {
  await shop.cli(['init', '--region', 'cn-north-4', '--job', 'shop-ci', '--yes']);
  const terminal = await openTmux({ cwd: shop.dir, env: shop.env, columns: 120, rows: 30 });
  await terminal.enter('clear; codearts-hooks sandbox --port 0; echo "exit $?"');
  const started = await terminal.shows('Ctrl-C ends it');
  const given = [...started.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);

  await shop.cli(['trigger', '--wait'], { env: { ...shop.env, ...Object.fromEntries(given) } });
  await terminal.shows(/auto-execute/);
  await terminal.press('C-c');
  await terminal.shows(/exit \d+\n\$/);

  await look(shop, 'sandbox', terminal);
});

test('the demo', async ({ shop }) => {
  await shot(shop, 'demo', ['demo'], { env: { ...shop.env, TZ: 'UTC' } });
});

test('the help of every command, and what completion prints', async ({ shop }) => {
  const helps = [];
  for (const { name } of COMMANDS) helps.push(screenOf([name, '--help'], await shop.cli([name, '--help'])));
  await expectScreen('help-all', normalized(helps.join('\n'), shop));
  await shot(shop, 'completion-nowhere', ['completion', 'bsh']);
  for (const shell of ['bash', 'zsh', 'fish']) await shot(shop, `completion-${shell}`, ['completion', shell]);
});
