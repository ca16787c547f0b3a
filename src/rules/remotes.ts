import picomatch from 'picomatch';
import { t } from '../core/translate.ts';
import type { Check } from './check.ts';

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
export function checkRemote(patterns: readonly string[] | undefined, context: RemoteContext): Check {
  const { remote, url, defaultRemote, defaultUrls } = context;
  const said = (isPassed: boolean, detail: string, index: number | null = null): Check => {
    return { key: 'remotes', index, isPassed, detail };
  };
  if (!patterns) {
    // No remote at all: the URL is the only one there is.
    if (defaultRemote === null) return said(true, t`there is no other remote`);
    if (remote === defaultRemote) return said(true, t`${remote} is the one that counts by default`);
    if (defaultUrls.includes(url)) return said(true, t`this is where ${defaultRemote} is`);
    return said(false, t`only ${defaultRemote} counts by default, not ${remote}`);
  }
  const index = patterns.findIndex(
    (pattern) =>
      pattern === '*' || pattern === remote || pattern === url || picomatch(pattern, { dot: true })(url),
  );
  if (index < 0) return said(false, t`no pattern matches ${remote}`);
  return said(true, t`${remote} matches ${JSON.stringify(patterns[index])}`, index);
}
