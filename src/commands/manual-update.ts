import { UserError } from '../core/errors.ts';
import { type Oid, parseOid, zeroLike } from '../core/oid.ts';
import { stripUrl } from '../core/redact.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import type { Git } from '../platform/git.ts';
import { pushUrlsOf } from '../push/settings.ts';
import type { RepositoryState } from './repository-state.ts';

/** What `trigger [<ref>|<range>]` means: a ref as the remote would have it, its new and its old value. */
export async function manualUpdate(
  what: string | null,
  { git, settings, repository }: RepositoryState,
): Promise<Omit<ManualRequest, 'job' | 'isKept'>> {
  const [old, name] = what?.includes('..') ? what.split('..') : [null, what];
  const ref = await fullRef(git, name || 'HEAD', settings.remotes);
  const after = await commitOf(git, name || 'HEAD');
  const before = old ? await commitOf(git, old) : await parentOf(git, after);
  const remote = settings.remotes.find((one) => one.name === 'origin') ?? settings.remotes[0];
  const url = remote ? ((await pushUrlsOf(git, remote.name))[0] ?? '') : '';
  return {
    cwd: repository.workTree ?? repository.gitDir,
    gitDir: repository.gitDir,
    remote: remote?.name ?? 'origin',
    url: stripUrl(url),
    ref,
    before,
    after,
  };
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
    name === 'HEAD' ? 'HEAD is on no branch' : `${name} is no branch or tag`,
    {
      hint: 'codearts-hooks trigger <branch>',
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
  throw new UserError('no-such-ref', `${name} leads to no commit`, {
    hint: 'codearts-hooks trigger <branch>',
  });
}

async function parentOf(git: Git, commit: Oid): Promise<Oid> {
  const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', `${commit}^1`]);
  return parseOid(stdout.trim()) ?? zeroLike(commit);
}
