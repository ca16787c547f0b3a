import { stripUrl } from '../core/redact.ts';

/** The repository as the service wants it; no `url` where the remote is a path or an unknown scheme. */
export interface RepositoryInfo {
  readonly url?: string;
  readonly name: string;
}

const KNOWN_SCHEME = /^(?:https?|ssh|git\+ssh|git):\/\//;
const SCP_LIKE = /^(?:[^\s/:]+@)?[^\s/:]{2,}:(?!\/\/|:)[^\s]+$/;

/** Tells a remote's URL and name, without credentials. */
export function repositoryOf(remoteUrl: string): RepositoryInfo {
  const url = stripUrl(remoteUrl);
  const last =
    url
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? '';
  const name = last.replace(/\.git$/, '') || 'repository';
  return KNOWN_SCHEME.test(url) || SCP_LIKE.test(url) ? { url, name } : { name };
}
