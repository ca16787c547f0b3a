import { askProgram } from './ask-program.ts';
import type { Env } from './effects.ts';
import { gitEnv } from './git-env.ts';

/** What is kept for a host by a credential helper of git's. */
export interface GitCredential {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** A scheme of our own: git never offers what is kept under it to a server. */
const PROTOCOL = 'codearts';
const TIME_LIMIT_MS = 10_000;

// Those that keep secrets in the system's key store, encrypted. `store` writes them down, `cache` forgets them.
const KEYCHAINS = [
  'osxkeychain',
  'manager',
  'manager-core',
  'libsecret',
  'gnome-keyring',
  'wincred',
  'keepassxc',
];

/** The helper of git's that keeps secrets in a key store, if git has it and no other that writes them down. */
export async function keychainHelper(env: Env): Promise<string | null> {
  const { stdout } = await userGit(['config', '-z', '--get-all', 'credential.helper'], env);
  // An empty one takes back those before it.
  const helpers = stdout.split('\0').slice(0, -1);
  const names = helpers.slice(helpers.lastIndexOf('') + 1).map(nameOf);
  return names.includes('store') ? null : (names.find((name) => KEYCHAINS.includes(name)) ?? null);
}

/** `osxkeychain` of `osxkeychain --opt`, `/usr/lib/git-core/git-credential-osxkeychain`, `!"C:/x/git-credential-...exe"`. */
function nameOf(helper: string): string {
  const [program = ''] = helper
    .replace(/^!\s*/, '')
    .replaceAll('"', '')
    .split(/\s+(?!\S*[/\\])/);
  const file = program.split(/[/\\]/).at(-1) ?? '';
  return file.replace(/^git-credential-/, '').replace(/\.exe$/i, '');
}

/** Asks git's credential helpers, and nobody else: no terminal, no window. Null: they have nothing. */
export async function fillCredential(host: string, env: Env): Promise<GitCredential | null> {
  const { exitCode, stdout } = await credential('fill', { host }, env);
  if (exitCode !== 0) return null;
  const found = new Map(
    stdout.split('\n').map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
  );
  const [username, password] = [found.get('username'), found.get('password')];
  // Some askpass programs answer every question with nothing.
  return username && password ? { host, username, password } : null;
}

/** Gives one to git's credential helpers to keep. */
export async function approveCredential(kept: GitCredential, env: Env): Promise<void> {
  await credential('approve', kept, env);
}

/** Has git's credential helpers forget what they keep for a host. */
export async function rejectCredential(host: string, env: Env): Promise<void> {
  await credential('reject', { host }, env);
}

async function credential(action: string, fields: Partial<GitCredential>, env: Env) {
  const lines = Object.entries({ protocol: PROTOCOL, ...fields }).map(
    ([name, value]) => `${name}=${value}\n`,
  );
  return await userGit(['credential', action], env, `${lines.join('')}\n`);
}

/** git with the configuration of the user and the system alone: which repository we are in is of no matter. */
async function userGit(args: readonly string[], env: Env, stdin = '') {
  const { GIT_CONFIG_PARAMETERS: _forPush, ...own } = gitEnv(env);
  const answer = await askProgram('git', ['--git-dir', '/dev/null', ...args], {
    env: own,
    cwd: '/',
    timeoutMs: TIME_LIMIT_MS,
    stdin,
  });
  return answer.kind === 'answer' ? answer : { exitCode: null, stdout: '' };
}
