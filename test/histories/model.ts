import type { Repo } from '../fixtures/repo.ts';

/** The remote's refs and values, tags as they are. */
export type Refs = ReadonlyMap<string, string>;

/** What the plain model says of a push of one ref. */
export interface Expected {
  readonly before: string;
  readonly after: string;
  readonly kind: 'created' | 'updated' | 'forced';
  readonly commits: readonly { readonly id: string; readonly message: string }[];
}

/** Reads the refs of a bare repository. */
export async function refsOf({ git }: Pick<Repo, 'git'>, bare: string): Promise<Refs> {
  const { stdout } = await git(['for-each-ref', '--format=%(refname) %(objectname)'], { cwd: bare });
  const lines = stdout.split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ') as [string, string]));
}

/**
 * What a push of a ref comes to, by `git rev-list` on the remote itself, which has everything: what the new value
 * reaches and the old did not, or, for a new ref, none of its branches. Knows nothing of tracking refs, of caps in git,
 * nor of how a message is read.
 *
 * @param messages by commit, as they were made
 */
export async function expectedOf(
  { git }: Pick<Repo, 'git'>,
  {
    bare,
    ref,
    old,
    now,
    messages,
  }: { bare: string; ref: string; old: Refs; now: Refs; messages: ReadonlyMap<string, string> },
  { max, maxMessageBytes }: { max: number; maxMessageBytes: number },
): Promise<Expected> {
  const ask = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await git(args, { cwd: bare });
    return stdout.split('\n').filter(Boolean);
  };
  const peel = async (value: string): Promise<string> =>
    (await ask('rev-parse', `${value}^{commit}`))[0] ?? '';
  const after = await peel(now.get(ref) ?? '');
  const oldValue = old.get(ref);
  const before = oldValue === undefined ? null : await peel(oldValue);
  const branches = [...old].filter(([name]) => name.startsWith('refs/heads/')).map(([, value]) => value);
  const others = before === null ? [...branches, ...(await movedTags(old, now, peel))] : [before];
  const listed = await ask(
    'rev-list',
    '--topo-order',
    '--reverse',
    after,
    ...others.map((value) => `^${value}`),
  );
  const ids = listed.length === 0 ? [after] : listed.slice(-max);
  const isForward =
    before !== null &&
    (await git(['merge-base', '--is-ancestor', before, after], { cwd: bare, mayFail: true })).exitCode === 0;
  return {
    before: before ?? '0'.repeat(40),
    after,
    kind: before === null ? 'created' : isForward ? 'updated' : 'forced',
    commits: ids.map((id) => ({ id, message: cut(messages.get(id) ?? '?', maxMessageBytes) })),
  };
}

/** Old values of tags that this very push moves are known to the remote, too: pre-push has told them. */
async function movedTags(old: Refs, now: Refs, peel: (value: string) => Promise<string>): Promise<string[]> {
  const moved = [...old].filter(([name, value]) => name.startsWith('refs/tags/') && now.get(name) !== value);
  return await Promise.all(moved.map(async ([, value]) => await peel(value)));
}

/** As many whole characters as fit, without space at the end, as git itself leaves no empty lines there. */
function cut(message: string, bytes: number): string {
  let text = '';
  let size = 0;
  for (const character of message) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    text += character;
  }
  return text.trimEnd();
}
