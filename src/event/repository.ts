import { stripUrl } from '../core/redact.ts';

/** The repository as the service wants it; no `url` where the remote is a path or an unknown scheme. */
export interface RepositoryInfo {
  readonly url?: string;
  readonly name: string;
}

const KNOWN_SCHEME = /^(?:https?|ssh|git\+ssh|git):\/\//;
// No helper (`ext::`), no scheme, no drive of Windows (`C:`); an IPv6 address is in brackets.
const SCP_LIKE = /^(?:[^\s/:@]+@)?(?:[^\s/:[\]]{2,}|\[[0-9A-Fa-f:.]+\]):(?!\/\/|:)\S+$/;
const WITH_SCHEME = /^(?:https?|(?:git\+)?ssh):\/\/(?:[^\s/@]+@)?(?<host>[^\s/:@]+)\/+(?<path>\S+)$/;
const DEFAULT_PORT = /^(?:(https:\/\/[^/]*):443|(http:\/\/[^/]*):80|((?:git\+)?ssh:\/\/[^/]*):22)(?=\/)/;
const WITHOUT_SCHEME = /^(?:[^\s/:@]+@)?(?<host>[^\s/:@]+):(?<path>[^\s/]\S*)$/;
const CODEARTS_HOST = /^codehub\.devcloud\.(?:[a-z0-9-]+\.)*huawei(?:cloud)?\.com$/i;

/** Tells a remote's URL and name, without credentials; of CodeArts Repo, the SSH clone address. */
export function repositoryOf(remoteUrl: string): RepositoryInfo {
  const url = stripUrl(remoteUrl);
  const isTold = KNOWN_SCHEME.test(url) || SCP_LIKE.test(url);
  const last = (isTold ? url : lastWord(url)).replace(/[/\\]+$/, '').replace(/^.*[/\\:]/s, '');
  const name = last.replace(/\.git$/, '') || 'repository';
  return isTold ? { url: sshAddress(url) ?? url, name } : { name };
}

/** What a remote helper (`ext::ssh host %S r`, `codecommit://profile@r`) is told may hold anything but for its end. */
function lastWord(url: string): string {
  const isHelper = /^(?!file:)[a-z][a-z0-9+.-]+:(?::|\/\/)/i.test(url);
  return isHelper ? url.replace(/^.*[\s@]/s, '') : url;
}

/** `git@<host>:<path>.git` of a repository of CodeArts Repo: what the service knows it by (codearts-api.md section 2). */
function sshAddress(url: string): string | null {
  const plain = url.replace(DEFAULT_PORT, '$1$2$3');
  const { host = '', path = '' } = (WITH_SCHEME.exec(plain) ?? WITHOUT_SCHEME.exec(url))?.groups ?? {};
  if (!CODEARTS_HOST.test(host)) return null;
  return `git@${host.toLowerCase()}:${path.replace(/\/+$/, '').replace(/\.git$/, '')}.git`;
}
