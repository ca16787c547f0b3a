import picomatch from 'picomatch';

/** The push and the remotes of its repository, as rules see them. */
export interface RemoteContext {
  /** The remote's name, or a URL when the push was by URL. */
  readonly remote: string;
  /** Without credentials. */
  readonly url: string;
  /** `origin`, or the only remote; null when there is neither. */
  readonly defaultRemote: string | null;
  /** Where a push to the default remote goes; without credentials. */
  readonly defaultUrls: readonly string[];
}

/**
 * Whether pushes to this remote count for a job. Without the key `remotes`: those to the default remote, by
 * name or by a URL equal to one of its own.
 */
export function isRemoteAskedFor(patterns: readonly string[] | undefined, context: RemoteContext): boolean {
  const { remote, url, defaultRemote, defaultUrls } = context;
  if (!patterns) {
    if (defaultRemote === null) return true; // no remote at all: the URL is the only one there is
    return remote === defaultRemote || defaultUrls.includes(url);
  }
  return patterns.some(
    (pattern) =>
      pattern === '*' || pattern === remote || pattern === url || picomatch(pattern, { dot: true })(url),
  );
}
