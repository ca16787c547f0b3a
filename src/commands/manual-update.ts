import { UserError } from '../core/errors.ts';
import { type Oid, parseOid, zeroLike } from '../core/oid.ts';
import { stripUrl } from '../core/redact.ts';
import { t } from '../core/translate.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import type { Git } from '../platform/git.ts';
import { pushUrlsOf } from '../push/settings.ts';
import type { RepositoryState } from './repository-state.ts';

/**
 * What `[<ref>|<range>]` means: a ref as the remote would have it, its new and its old value; by default the branch
 * that is checked out, its newest commit, and `origin`.
 *
 * @param wanted another remote, by its name or URL
 */
export async function manualUpdate(
  what: string | null,
  { git, settings, repository }: RepositoryState,
  wanted: string | null = null,
): Promise<Omit<ManualRequest, 'job' | 'isKept'>> {
  const [old, name] = what?.includes('..') ? what.split('..') : [null, what];
  const ref = await fullRef(git, name || 'HEAD', settings.remotes);
  const after = await commitOf(git, name || 'HEAD');
  const before = old ? await commitOf(git, old) : await parentOf(git, after);
  const remote = wanted ?? defaultRemote(settings);
  const url = (await pushUrlsOf(git, remote))[0] ?? wantUrl(wanted);
  return {
    cwd: repository.workTree ?? repository.gitDir,
    gitDir: repository.gitDir,
    remote: stripUrl(remote),
    url: stripUrl(url),
    ref,
    before,
    after,
  };
}

function defaultRemote({ remotes }: RepositoryState['settings']): string {
  return (remotes.find((one) => one.name === 'origin') ?? remotes[0])?.name ?? 'origin';
}

/** A remote that is not configured is a URL or a path, or a slip of the pen. */
function wantUrl(remote: string | null): string {
  if (remote === null || /[/:\\]/.test(remote)) return remote ?? '';
  throw new UserError('no-such-remote', t`no remote is called ${remote}`, { hint: 'git remote --verbose' });
}

async function fullRef(
  git: Git,
  name: string,
  remotes: RepositoryState['settings']['remotes'],
): Promise<string> {
  const symbolic =
    name === 'HEAD'
      ? ['symbolic-ref', '--quiet', 'HEAD']
      : ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', '--end-of-options', name];
  const { stdout } = await git.run(symbolic);
  const ref = stdout.trim();
  const remote = remotes.find((one) => ref.startsWith(`refs/remotes/${one.name}/`));
  if (remote) return ref.replace(`refs/remotes/${remote.name}/`, 'refs/heads/');
  if (ref.startsWith('refs/')) return ref;
  throw new UserError(
    'no-such-ref',
    name === 'HEAD' ? t`HEAD is on no branch` : t`${name} is no branch or tag`,
    {
      hint: t`name a branch or a tag: git branch --all, git tag`,
    },
  );
}

async function commitOf(git: Git, name: string): Promise<Oid> {
  const { stdout } = await git.run([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  const oid = parseOid(stdout.trim());
  if (oid) return oid;
  throw new UserError('no-such-ref', t`${name} leads to no commit`, {
    hint: t`name a branch or a tag: git branch --all, git tag`,
  });
}

async function parentOf(git: Git, commit: Oid): Promise<Oid> {
  const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', `${commit}^1`]);
  return parseOid(stdout.trim()) ?? zeroLike(commit);
}
