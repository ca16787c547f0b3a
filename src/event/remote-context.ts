import { stripUrl } from '../core/redact.ts';
import type { Git } from '../platform/git.ts';
import { type GitSettings, pushUrlsOf } from '../push/settings.ts';
import type { RemoteContext } from '../rules/remotes.ts';

/** The push's remote among the repository's own. */
export async function remoteContext(
  { git, settings }: { readonly git: Git; readonly settings: GitSettings },
  remote: string,
  url: string,
): Promise<RemoteContext> {
  const { remotes } = settings;
  const origin =
    remotes.find(({ name }) => name === 'origin') ?? (remotes.length === 1 ? remotes[0] : undefined);
  const defaultRemote = origin?.name ?? null;
  // Only a push by URL needs the answer.
  const isByName = remotes.some(({ name }) => name === remote);
  const urls = isByName || defaultRemote === null ? [] : await pushUrlsOf(git, defaultRemote);
  return { remote, url, defaultRemote, defaultUrls: urls.map(stripUrl) };
}
