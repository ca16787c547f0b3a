import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';
const CONFIG = { region: 'cn-north-4', jobs: [{ name: 'shop-ci', id: JOB, branches: ['main'] }] };
const COLUMNS = 80;
const PATIENCE_MS = 30_000;

/** What is said between the commands: measured, so it cannot be in a catalogue. */
const NOTES = {
  en: (seconds) => `# ${seconds} s after the push had ended, CodeArts Build was asked for the build`,
  zh: (seconds) => `# 推送结束 ${seconds} 秒后，编译构建服务收到构建请求`,
};

/**
 * A step of the picture: what is typed, and what came of it.
 *
 * @typedef {{ readonly typed: string, readonly output: readonly { readonly atMs: number, readonly text: string }[] }} Step
 */

/**
 * Runs the picture's commands for real: a repository of its own, a bare remote, our sandbox, a terminal for what we print.
 *
 * @param {string} locale of whoever looks on
 * @returns {Promise<Step[]>} pieces of output with the milliseconds since their command began
 */
export async function record(locale) {
  const root = await mkdtemp(join(tmpdir(), 'codearts-hooks-picture-'));
  const sandbox = await startSandbox();
  try {
    const env = environment(root, locale, sandbox.ready);
    await prepare(root, env);
    const shop = join(root, 'shop');
    const show = (typed, command) => play(typed, command, { cwd: shop, env, root });
    const install = await show('codearts-hooks install --yes', onTerminal('codearts-hooks install --yes'));
    const push = await show('git push', ['git', 'push']);
    const endedAt = Date.now();
    const request = await until(async () => (await sandbox.requests())[0]);
    const seconds = Math.max(0.1, (Date.parse(request.at) - endedAt) / 1000).toFixed(1);
    const watch = await show('codearts-hooks watch', onTerminal('codearts-hooks watch'));
    const note = { typed: (locale.startsWith('zh') ? NOTES.zh : NOTES.en)(seconds), output: [] };
    // Nobody may be at work in a folder that is removed.
    await until(async () => (await run(['codearts-hooks', 'flush'], { cwd: shop, env })).exitCode === 0);
    return [install, push, note, watch];
  } finally {
    await sandbox.close();
    await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Nothing of the user's: a home of its own, git without configuration, commits with the same names everywhere. */
function environment(root, locale, { url, token }) {
  const who = { NAME: 'Dev', EMAIL: 'dev@example.com', DATE: '2026-01-01T00:00:00Z' };
  const people = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  return {
    ...Object.fromEntries(people),
    PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    HOME: root,
    LANG: locale,
    TERM: 'xterm-256color',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    CODEARTS_HOOKS_ENDPOINT: url,
    CODEARTS_HOOKS_TOKEN: token,
  };
}

/** A Java repository that has been pushed before, with one new commit. */
async function prepare(root, env) {
  const shop = join(root, 'shop');
  await Promise.all([mkdir(join(root, 'bin')), mkdir(shop)]);
  await symlink(resolve('dist/cli.cjs'), join(root, 'bin', 'codearts-hooks'));
  await writeFile(join(shop, 'codearts-hooks.json'), `${JSON.stringify(CONFIG, null, 2)}\n`);
  await writeFile(join(shop, 'pom.xml'), '<project/>\n');
  const git = (words, cwd = shop) => must(['git', ...words.split(' ')], { cwd, env });
  await git('init --quiet --bare shop.git', root);
  await git('init --quiet --initial-branch=main');
  await git('remote add origin ../shop.git');
  await git('add .');
  await git('commit --quiet -m start');
  await git('push --quiet -u origin main');
  await git('commit --quiet --allow-empty -m cart');
}

/** By script(1), on a terminal: there we print as for people. */
function onTerminal(command) {
  return ['script', '-qefc', `stty cols ${COLUMNS} rows 24; ${command}`, '/dev/null'];
}

async function play(typed, command, { cwd, env, root }) {
  const { exitCode, output } = await run(command, { cwd, env });
  if (exitCode !== 0)
    throw new Error(`${typed} ended with ${exitCode}: ${output.map(({ text }) => text).join('')}`);
  return { typed, output: output.map(({ atMs, text }) => ({ atMs, text: text.replaceAll(root, '~') })) };
}

async function must(command, place) {
  const { exitCode, output } = await run(command, place);
  if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${output.map(({ text }) => text).join('')}`);
  return output.map(({ text }) => text).join('');
}

/** Runs a program; its output in pieces, as they came. */
async function run([file, ...args], { cwd, env }) {
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => output.push({ atMs: Math.round(performance.now() - startedAt), text }));
  }
  const [exitCode] = await once(child, 'close');
  return { exitCode, output };
}

async function startSandbox() {
  const child = spawn(process.execPath, ['dist/cli.cjs', 'sandbox', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  const [line] = await once(child.stdout, 'data');
  const ready = JSON.parse(line);
  return {
    ready,
    requests: async () => (await fetch(`${ready.url}/_sandbox/requests`)).json(),
    close: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}

async function until(look) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('the picture waited in vain for what the push was to start');
    await sleep(50);
  }
}
