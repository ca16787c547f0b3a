import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { secretForms } from '../../../src/core/secret-forms.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { discard } from '../../fixtures/discard.ts';
import { startHttpRemote } from '../../fixtures/http-remote.ts';
import { closedPort, startRawServer } from '../../fixtures/raw-server.ts';
import { until } from '../../fixtures/run.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';

const CANARY = {
  ak: 'AKCANARY0123456789',
  sk: 'SKcanary+/0123456789abcdef',
  securityToken: 'STcanary0123456789',
  token: 'TOKcanary/+=0123456789abcdef',
  password: 'PWcanary 0123&456?789',
  urlPassword: 'URLcanary:0123@456',
  proxyPassword: 'PROXYcanary#0123/456',
};
const FORMS = Object.entries(CANARY).flatMap(([name, value]) =>
  secretForms(value).map((form) => [name, form] as const),
);

/** The canaries that are in a text, by name. */
function canariesIn(text: string): string[] {
  return [...new Set(FORMS.filter(([, form]) => text.includes(form)).map(([name]) => name))];
}

/** Watches the command lines of every process; gives what of them held a canary, but for git's own and what git gives to hooks. */
function watchProcesses(): () => string[] {
  const found = new Set<string>();
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let line = '';
      try {
        line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        continue; // it has ended
      }
      const isOfGit = /^\S*git(?:-remote-http)? |^\/bin\/sh \S*hooks\/pre-push /.test(line);
      const canaries = canariesIn(line).filter((name) => !(isOfGit && name === 'urlPassword'));
      if (canaries.length > 0) found.add(`${canaries.join(', ')}: ${line}`);
    }
  };
  const timer = setInterval(look, 10);
  return () => {
    clearInterval(timer);
    return [...found];
  };
}

/** Everything that a service can answer, quoting what it was sent. */
function echoes(secrets: readonly string[], location: string): Fault[] {
  const said = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .join(' ');
  const headers = { 'X-Request-Id': said.slice(0, 500) };
  return [
    { kind: 'status', status: 401, headers, body: { error_code: 'APIGW.0301', error_msg: `bad: ${said}` } },
    { kind: 'status', status: 400, headers, body: { error_code: secrets[0], error_msg: said } },
    { kind: 'status', status: 403, headers, body: { error: { code: secrets[0], message: said } } },
    { kind: 'status', status: 200, headers, body: { status: 'fail', error: said } },
    {
      kind: 'status',
      status: 200,
      headers,
      body: { actual_build_number: said, octopus_job_name: said, daily_build_number: said },
    },
    { kind: 'status', status: 500, headers, body: `<h1>${said}</h1>` },
    { kind: 'redirect', status: 307, location },
    { kind: 'html' },
  ];
}

test('no secret is in a file, an output, a command line or another origin’s log, whatever fails', async () => {
  const world = await makeWorld({
    jobs: [{ name: 'ci', id: 'f9d6c8466d614a9788e9a0acf6c15f46', remotes: ['*'] }],
  });
  onTestFinished(world.close);
  const elsewhere = await startRawServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  );
  const served = await startHttpRemote(world.root, { user: 'alice', password: CANARY.urlPassword });
  onTestFinished(served.close);
  const url = served.url('remote.git').replace('//', `//alice:${encodeURIComponent(CANARY.urlPassword)}@`);
  await world.git(['config', 'http.receivepack', 'true'], { cwd: world.remote });
  const stopWatching = watchProcesses();
  const outputs: string[] = [];
  const keep = ({ stdout, stderr }: { stdout: string; stderr: string }): void => {
    outputs.push(stdout, stderr);
  };
  const { CODEARTS_HOOKS_TOKEN: _token, ...bare } = world.env;
  const base = { ...bare, CODEARTS_HOOKS_IAM_ENDPOINT: world.sandbox.url, CODEARTS_HOOKS_DEBUG: '1' };
  const scenes: readonly (readonly [env: Record<string, string>, secrets: readonly string[]])[] = [
    [{ CODEARTS_HOOKS_TOKEN: CANARY.token }, [CANARY.token]],
    [
      {
        HUAWEICLOUD_SDK_AK: CANARY.ak,
        HUAWEICLOUD_SDK_SK: CANARY.sk,
        HUAWEICLOUD_SDK_SECURITY_TOKEN: CANARY.securityToken,
      },
      [CANARY.ak, CANARY.sk, CANARY.securityToken],
    ],
  ];
  let branch = 0;
  for (const [own, secrets] of scenes) {
    const env = { ...base, ...own };
    for (const fault of faultsFor(secrets, elsewhere.url)) {
      branch += 1;
      world.sandbox.setFaults([fault]);
      const before = world.sandbox.requests().length;
      await world.commit(fault.kind);
      keep(await world.git(['push', url, `main:refs/heads/b${branch}`], { env, mayFail: true }));
      await until('the request', async () => world.sandbox.requests().length > before);
      await clearQueue(world, env, keep);
    }
  }
  await lookAround(world, { ...base, CODEARTS_HOOKS_TOKEN: CANARY.token }, keep);
  const password = { HW_USER_NAME: 'u', HW_USER_PASSWORD: CANARY.password, HW_DOMAIN_NAME: 'd' };
  await world.commit('password');
  keep(await world.git(['push', url, 'main:refs/heads/password'], { env: { ...base, ...password } }));
  await clearQueue(world, base, keep);
  await pushByProxy(world, { ...base, CODEARTS_HOOKS_TOKEN: CANARY.token }, { url, keep });
  await pushWithStored(world, base, { url, keep });

  const outcomes = new Set(
    (await rows(world, base)).flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome)),
  );
  const inProcesses = stopWatching();
  const inFiles = await canariesInFiles(world.root);

  expect([...outcomes].sort()).toEqual(expect.arrayContaining(['accepted', 'held', 'retry']));
  expect(inFiles).toEqual([]);
  expect(canariesIn(outputs.join('\n'))).toEqual([]);
  expect(inProcesses).toEqual([]);
  expect(elsewhere.received()).toEqual([]);
});

/** So that the next fault is met by the next push: nothing waits, and no refusal is remembered. */
async function clearQueue(
  world: World,
  env: Record<string, string>,
  keep: (ran: { stdout: string; stderr: string }) => void,
): Promise<void> {
  await until('an answer', async () => (await rows(world, env)).every(({ state }) => state !== 'sending'));
  const waiting = (await rows(world, env)).filter(({ state }) =>
    ['held', 'ambiguous', 'queued'].includes(state),
  );
  if (waiting.length > 0)
    keep(await world.cli(['discard', ...waiting.map(({ id }) => id)], { env, mayFail: true }));
  await world.settled();
  await rm(join(world.env['HOME'] ?? '', '.cache', 'codearts-hooks'), { recursive: true, force: true });
}

/** All of them in the long tier, `npm run test:trust`. */
function faultsFor(secrets: readonly string[], location: string): Fault[] {
  const all = echoes(secrets, location);
  return process.env['TRUST'] === 'full' ? all : [...all.slice(0, 1), ...all.slice(4, 5)];
}

async function rows(world: World, env: Record<string, string>): Promise<HistoryRow[]> {
  return JSON.parse((await world.cli(['history', '--json', '-n', '100'], { env })).stdout) as HistoryRow[];
}

async function lookAround(
  world: World,
  env: Record<string, string>,
  keep: (ran: { stdout: string; stderr: string }) => void,
): Promise<void> {
  const [row] = await rows(world, env);
  const commands = [
    ['status'],
    ['history', '--json'],
    ['show', row?.id ?? ''],
    ['show', row?.id ?? '', '--json'],
  ];
  const more = [
    ['trigger', '--dry-run'],
    ['whoami', '--verify'],
    ['whoami', '--json'],
    ['trust', '--json'],
    ['flush', '--verbose'],
  ];
  for (const args of [...commands, ...more]) keep(await world.cli(args, { env, mayFail: true }));
}

/** By a proxy with a password that is not there: tried, told, and discarded. */
async function pushByProxy(
  world: World,
  env: Record<string, string>,
  { url, keep }: { url: string; keep: (ran: { stdout: string; stderr: string }) => void },
): Promise<void> {
  const proxy = `http://u:${encodeURIComponent(CANARY.proxyPassword)}@127.0.0.1:${await closedPort()}`;
  const proxied = {
    ...env,
    HTTPS_PROXY: proxy,
    CODEARTS_HOOKS_ENDPOINT: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com',
  };
  await world.commit('proxy');
  keep(await world.git(['push', url, 'main:refs/heads/proxy'], { env: proxied }));
  const waiting = await until('the first attempt', async () => {
    const found = (await rows(world, proxied)).find(({ reason }) =>
      reason?.includes('by the proxy 127.0.0.1:'),
    );
    return found ?? null;
  });
  keep(await world.cli(['whoami', '--verify'], { env: proxied, mayFail: true }));
  keep(await discard(world, waiting.id, proxied));
  await world.settled();
}

/** With a key that `login` has stored, and that the service refuses; all that speaks of it is run, then it is forgotten. */
async function pushWithStored(
  world: World,
  env: Record<string, string>,
  { url, keep }: { url: string; keep: (ran: { stdout: string; stderr: string }) => void },
): Promise<void> {
  const stdin = `ak=${CANARY.ak}\nsk=${CANARY.sk}\nsecurity-token=${CANARY.securityToken}\n`;
  keep(await world.cli(['login', '--stdin'], { env, stdin, mayFail: true }));
  keep(await world.cli(['login', '--stdin', '--no-verify'], { env, stdin }));
  await world.commit('stored');
  keep(await world.git(['push', url, 'main:refs/heads/stored'], { env }));
  await world.settled();
  for (const args of [
    ['status'],
    ['doctor', '--live'],
    ['whoami', '--verify'],
    ['history', '--html', 'history.html'],
    ['history', '--json'],
  ]) {
    keep(await world.cli(args, { env, mayFail: true }));
  }
  expect((await rows(world, env))[0]).toMatchObject({ state: 'held', ref: 'refs/heads/stored' });
  keep(await world.cli(['logout', '--all'], { env }));
}

async function canariesInFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !existsSync(path)) continue;
    const canaries = canariesIn(await readFile(path, 'latin1'));
    if (canaries.length > 0) found.push(`${canaries.join(', ')}: ${path}`);
  }
  return found;
}
