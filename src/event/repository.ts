import { stripUrl } from '../core/redact.ts';

/** The repository as the service wants it; no `url` where the remote is a path or an unknown scheme. */
export interface RepositoryInfo {
  readonly url?: string;
  readonly name: string;
}

const KNOWN_SCHEME = /^(?:https?|ssh|git\+ssh|git):\/\//;
const SCP_LIKE = /^(?:[^\s/:]+@)?[^\s/:]{2,}:(?!\/\/|:)[^\s]+$/;
const WITH_SCHEME = /^(?:https|ssh):\/\/(?:[^\s/@]+@)?(?<host>[^\s/:@]+)(?::22)?\/(?<path>\S+)$/;
const WITHOUT_SCHEME = /^(?:[^\s/:@]+@)?(?<host>[^\s/:@]+):(?<path>[^\s/]\S*)$/;
const CODEARTS_HOST = /^codehub\.devcloud\.(?:[a-z0-9-]+\.)*huawei(?:cloud)?\.com$/;

/** Tells a remote's URL and name, without credentials; of CodeArts Repo, the SSH clone address. */
export function repositoryOf(remoteUrl: string): RepositoryInfo {
  const url = stripUrl(remoteUrl);
  const last =
    url
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? '';
  const name = last.replace(/\.git$/, '') || 'repository';
  return KNOWN_SCHEME.test(url) || SCP_LIKE.test(url) ? { url: sshAddress(url) ?? url, name } : { name };
}

/** `git@<host>:<path>.git` of a repository of CodeArts Repo: what the service knows it by (codearts-api.md section 2). */
function sshAddress(url: string): string | null {
  const { host = '', path = '' } = (WITH_SCHEME.exec(url) ?? WITHOUT_SCHEME.exec(url))?.groups ?? {};
  if (!CODEARTS_HOST.test(host)) return null;
  return `git@${host}:${path.replace(/\/+$/, '').replace(/\.git$/, '')}.git`;
}
