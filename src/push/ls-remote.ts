import { toUnicode } from '../core/bytes.ts';
import { type Oid, parseOid } from '../core/oid.ts';
import { redact } from '../core/redact.ts';
import { stored } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { quietUrl } from './quiet-url.ts';

/** The remote's refs by name, or why it could not be asked. */
export type RemoteRefs =
  | { readonly kind: 'refs'; readonly values: ReadonlyMap<string, Oid> }
  | { readonly kind: 'unreachable'; readonly reason: string };

// A command line has a limit; past this many the whole list is read instead.
const PATTERNS_AT_MOST = 200;
const TIMEOUT_MS = 30_000;

/**
 * Asks the remote for the values of `refs`, never asking the user for anything (git-facts.md section 4, E).
 *
 * @param options.sshCommand `core.sshCommand`, which our own setting would hide
 */
export async function lsRemote(
  git: Git,
  url: string,
  refs: readonly string[],
  options: { readonly env: Env; readonly sshCommand: string | null },
): Promise<RemoteRefs> {
  // An argument is UTF-8: what is none cannot be asked for by name.
  const isNameable = refs.length <= PATTERNS_AT_MOST && refs.every((ref) => toUnicode(ref) === ref);
  const patterns = isNameable ? refs : [];
  const ssh = options.env['GIT_SSH_COMMAND'] ?? options.sshCommand ?? (options.env['GIT_SSH'] ? null : 'ssh');
  const quiet = quietUrl(url, options.env);
  const result = await git.run(['ls-remote', '--quiet', '--', quiet.url, ...patterns], {
    timeoutMs: TIMEOUT_MS,
    env: { ...quiet.env, ...(ssh === null ? {} : { GIT_SSH_COMMAND: `${ssh} -o BatchMode=yes` }) },
  });
  if (result.exitCode !== 0) {
    const lines = redact(result.stderr, [url]).split('\n').filter(Boolean);
    return {
      kind: 'unreachable',
      reason: lines.at(-1) ?? stored`git ls-remote exited with ${result.exitCode}`,
    };
  }
  const values = new Map<string, Oid>();
  for (const line of result.stdout.split('\n')) {
    const [value = '', ...name] = line.split('\t');
    const oid = parseOid(value);
    if (oid) values.set(name.join('\t'), oid);
  }
  return { kind: 'refs', values };
}
