import { stripUrl } from '../core/redact.ts';
import type { Git } from '../platform/git.ts';
import { type ConfigEntry, PUSH_KEYS, parseConfig } from '../platform/git-config.ts';
import { type Refspec, parseRefspec } from './refspec.ts';

/** A configured remote, as git config has it: URLs before `insteadOf`, and with their credentials. */
export interface Remote {
  readonly name: string;
  readonly urls: readonly string[];
  readonly pushUrls: readonly string[];
  readonly fetch: readonly Refspec[];
}

/** What of git's configuration matters here. */
export interface GitSettings {
  readonly remotes: readonly Remote[];
  readonly sshCommand: string | null;
  /** Set in a submodule's repository: its work tree, relative to the git dir. */
  readonly workTree: string | null;
  /** Whether the hooks are elsewhere than in the repository (`core.hooksPath`). */
  readonly hasHooksPath: boolean;
  /** False: `codearts-hooks.enabled=false` turns this repository off. */
  readonly isEnabled: boolean;
}

const REMOTE_KEY = /^remote\.(.*)\.(url|pushurl|fetch)$/s;

/** Reads the settings in one run of git. A repository without any of the keys has no remotes. */
export async function readGitSettings(git: Git): Promise<GitSettings> {
  const { stdout } = await git.run(['config', '-z', '--get-regexp', `^(${PUSH_KEYS})$`]);
  return settingsOf(parseConfig(stdout, false));
}

/** The settings as entries of git's configuration tell them. */
export function settingsOf(config: readonly ConfigEntry[]): GitSettings {
  const remotes = new Map<string, { urls: string[]; pushUrls: string[]; fetch: Refspec[] }>();
  let sshCommand: string | null = null;
  let workTree: string | null = null;
  let hasHooksPath = false;
  let isEnabled = true;
  for (const { key, value: written } of config) {
    const value = written ?? 'true';
    if (key === 'core.sshcommand') sshCommand = value;
    if (key === 'core.worktree') workTree = value;
    if (key === 'core.hookspath') hasHooksPath = true;
    if (key === 'codearts-hooks.enabled') isEnabled = !/^(false|no|off|0|)$/i.test(value);
    const [, name, what] = REMOTE_KEY.exec(key) ?? [];
    if (name === undefined) continue;
    const remote = remotes.get(name) ?? { urls: [], pushUrls: [], fetch: [] };
    remotes.set(name, remote);
    if (what === 'url') remote.urls.push(value);
    if (what === 'pushurl') remote.pushUrls.push(value);
    if (what === 'fetch') remote.fetch.push(parseRefspec(value));
  }
  return {
    remotes: [...remotes].map(([name, found]) => ({ name, ...found })),
    sshCommand,
    workTree,
    hasHooksPath,
    isEnabled,
  };
}

/**
 * The URLs that `git push <remote>` would push to, after `insteadOf`; none when it is not configured.
 * @see git-remote(1), "get-url"
 */
export async function pushUrlsOf(git: Git, remote: string): Promise<readonly string[]> {
  const { exitCode, stdout } = await git.run(['remote', 'get-url', '--push', '--all', '--', remote]);
  return exitCode === 0 ? stdout.split('\n').filter(Boolean) : [];
}

/**
 * What a repository is called in approvals: its origin's URL without credentials, or its path. A URL of which git would
 * take another host than we show is no name either: `https://evil.example/x@git.example/shop`.
 */
export function originOf({ remotes }: GitSettings, commonDir: string): string {
  const origin = remotes.find(({ name }) => name === 'origin') ?? remotes[0];
  const url = origin?.urls[0] ?? origin?.pushUrls[0];
  if (url === undefined) return commonDir;
  const shown = stripUrl(url);
  return placeOf(shown) === placeOf(url) ? shown : commonDir;
}

/** The host of a URL, and all behind it, as git and curl read them; what has no scheme as a whole. */
function placeOf(url: string): string {
  const [, scheme, authority = '', rest = ''] = /^([a-z+]+:\/\/)([^/?#\\]*)(.*)$/is.exec(url) ?? [];
  if (scheme === undefined) return url;
  return `${scheme}${authority.slice(authority.lastIndexOf('@') + 1)}${rest.replace(/[?#].*$/s, '')}`;
}
