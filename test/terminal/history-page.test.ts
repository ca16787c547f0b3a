import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { run } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

const isImpossible = lacks('chromium');
const HOSTILE = 'feature/<img/src=x>&\'"<script>document.title=1</script>';

/** Opens a page in a browser without a window; gives the document that has come of it, and its screenshot's size. */
async function open(world: World, path: string, ...more: readonly string[]): Promise<string> {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...more];
  const profile = `--user-data-dir=${join(world.root, 'profile')}`;
  const { stdout } = await run('chromium', [...args, profile, '--dump-dom', `file://${path}`], {
    cwd: world.root,
    env: { PATH: process.env['PATH'] ?? '', HOME: join(world.root, 'home') },
  });
  return stdout;
}

async function pushSome(world: World): Promise<void> {
  world.sandbox.setPlans([
    { queueMs: 0, runMs: 100 },
    { queueMs: 0, runMs: 100, result: 'FAILURE' },
  ]);
  await world.commit('Start');
  await world.git(['push', '--quiet']);
  await world.settled();
  await world.git(['switch', '--quiet', '--create', HOSTILE]);
  await world.commit('Second');
  await world.git(['push', '--quiet', 'origin', 'HEAD']);
  await world.settled();
  world.sandbox.setFaults([
    {
      kind: 'status',
      status: 400,
      body: { error_code: 'CB.00060200', error_msg: '</p><script>alert(1)</script>' },
    },
  ]);
  await world.commit('Third');
  await world.git(['push', '--quiet', 'origin', 'HEAD']);
  await world.settled();
}

test.skipIf(isImpossible)(
  'the page holds what happened, as a browser reads it, and nothing runs in it',
  async ({ world }) => {
    await pushSome(world);
    const path = join(world.root, 'page.html');

    const { stderr } = await world.cli(['history', '--html', path]);
    const dom = await open(world, path);

    expect(stderr).toContain(`written: ${path}`);
    expect(dom).toContain('<title>Pushes and builds of work</title>');
    expect(dom.match(/<li class="push">/g)).toHaveLength(3);
    expect(dom).toMatch(/<b>50 %<\/b>of 2 builds that have ended succeeded/);
    expect(dom).toMatch(/<b>67 %<\/b>of 3 triggers were delivered/);
    expect(dom.match(/<rect class="bar"/g)).toHaveLength(2);
    expect(dom).toMatch(/<span class="state good">SUCCESS<\/span> · ci #1 · main/);
    expect(dom).toMatch(/<span class="state bad">FAILURE<\/span> · ci #2/);
    expect(dom).toMatch(/<span class="state bad">failed<\/span> · ci/);
    // What the browser has made of the names: text, no elements.
    expect(dom).not.toMatch(/<script|<img|<b>no/);
    expect(dom).toContain('feature/&lt;img/src=x&gt;&amp;\'"&lt;script&gt;');
    expect(dom).toContain('&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  },
);

test.skipIf(isImpossible)(
  'the page’s style counts under its own policy, in light, dark and on a narrow screen',
  async ({ world }) => {
    await pushSome(world);
    const path = join(world.root, 'page.html');
    await world.cli(['history', '--html', path]);
    const sizes: number[] = [];

    for (const more of [
      ['--window-size=900,1200'],
      ['--window-size=900,1200', '--force-dark-mode'],
      ['--window-size=500,1200'],
    ]) {
      const picture = join(world.root, `page-${sizes.length}.png`);
      await open(world, path, ...more, `--screenshot=${picture}`);
      sizes.push((await stat(picture)).size);
    }
    const text = await readFile(path, 'utf8');

    // A page without its style, or one of a single colour, is much smaller; two that are alike are of one size.
    expect(Math.min(...sizes)).toBeGreaterThan(20_000);
    expect(new Set(sizes).size).toBe(3);
    expect(text).toMatch(
      /content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
    );
    expect(text).not.toMatch(/https?:|\son\w+=|\sstyle=|url\(/);
  },
);

test('a page without credentials says what it does not know, and - is standard output', async ({ world }) => {
  await world.commit('Start');
  await world.git(['push', '--quiet']);
  await world.settled();
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;

  const { stdout, stderr } = await world.cli(['history', '--html', '-'], { env });
  const wrong = await world.cli(['history', '--html', 'no/such/folder/page.html'], { mayFail: true });

  expect(stderr).toContain('how the builds have ended is not told: no credentials');
  expect(stdout).toMatch(/^<!doctype html>[^]*<b>–<\/b>of 0 builds[^]*<\/html>\n$/);
  expect(stdout).toContain('<span class="state good">delivered</span> · ci #1');
  expect(wrong).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('page.html cannot be written'),
  });
});

test('a service that we have no credentials for does not keep another from telling of its builds', async ({
  world,
}) => {
  const other = await createSandbox();
  onTestFinished(() => other.close());
  const push = async (message: string, endpoint: string, token: string) => {
    await world.commit(message);
    const env = { ...world.env, CODEARTS_HOOKS_ENDPOINT: endpoint, CODEARTS_HOOKS_TOKEN: token };
    await world.git(['push', '--quiet'], { env });
    await world.settled();
  };
  world.sandbox.setPlans([{ queueMs: 0, runMs: 0 }]);
  await push('Here', world.sandbox.url, world.sandbox.token);
  await push('There', other.url, other.token);

  const { stdout, stderr } = await world.cli(['history', '--html', '-']);

  expect(stderr).toMatch(/^how the builds have ended is not told: no credentials for .*\n$/);
  expect(stdout).toMatch(/<b>100 %<\/b>of 1 build/);
});
