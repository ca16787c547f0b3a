import { expect, onTestFinished, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import type { Note } from '../../src/hook/note.ts';
import { type Verdict, confirmUpdates } from '../../src/push/confirm.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import { startHttpRemote } from '../fixtures/http-remote.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';

/** A push over http that git records as `first..told`, while the branch here is at `now`. */
interface Moved extends Pushed {
  readonly told: Oid;
  readonly now: Oid;
  readonly url: string;
}

async function makeMoved(): Promise<Moved> {
  const repo = await makePushed();
  const server = await startHttpRemote(repo.root);
  onTestFinished(() => server.close());
  const url = server.url('remote.git');
  await repo.git(['remote', 'set-url', 'origin', url]);
  const told = await repo.commit('told');
  const now = await repo.commit('now');
  return { ...repo, told, now, url };
}

async function verdict(
  repo: Moved,
  {
    isFresh = true,
    askUrl = repo.url,
    localRef = 'refs/heads/main',
    after = repo.told,
  }: { isFresh?: boolean; askUrl?: string | null; localRef?: string | null; after?: Oid } = {},
): Promise<Verdict | undefined> {
  const ref = 'refs/heads/main';
  const note: Note = {
    hook: 'pre-push',
    push: null,
    boot: null,
    cwd: repo.dir,
    gitDir: '.git',
    workTree: null,
    remote: 'origin',
    url: repo.url,
    off: false,
    updates: [{ ref, before: repo.first, after, localRef }],
  };
  const [found] = await confirmUpdates(note, {
    git: repo.product,
    commonDir: repo.gitDir,
    settings: await readGitSettings(repo.product),
    env: repo.env,
    transaction: [{ after: repo.told, ref: 'refs/remotes/origin/main' }],
    startedAt: 0,
    endedAt: null,
    askUrl: askUrl === null ? null : async () => askUrl,
    isFresh,
    push: { url: repo.url, pushProcess: null },
    rivals: async () => [],
  });
  return found;
}

test('a branch that moved during the push over http: the value at the remote is the one that was pushed', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, 'main']);

  expect(await verdict(repo)).toMatchObject({
    kind: 'accepted',
    evidence: 'remote',
    update: { before: repo.first, after: repo.now },
  });
});

test('a branch that moved again after the push: of the values that it had, the one at the remote was pushed', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, 'main']);
  await repo.commit('later');

  expect(await verdict(repo)).toMatchObject({ kind: 'accepted', update: { after: repo.now } });
});

test('a branch that moved after the push over http: what git recorded was pushed', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, `${repo.told}:main`]);

  expect(await verdict(repo)).toMatchObject({ kind: 'accepted', update: { after: repo.told } });
});

test('a moved branch whose remote has something else by now: git’s own record counts', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, 'HEAD~2:refs/heads/side']);

  expect(await verdict(repo)).toMatchObject({
    kind: 'accepted',
    evidence: 'transaction',
    update: { after: repo.told },
  });
});

test('a moved branch whose remote may not be asked: git’s own record counts', async () => {
  const repo = await makeMoved();

  expect(await verdict(repo, { askUrl: null })).toMatchObject({
    kind: 'accepted',
    evidence: 'transaction',
    update: { after: repo.told },
  });
});

test('a moved branch whose remote is out of reach stays open', async () => {
  const repo = await makeMoved();

  expect(await verdict(repo, { askUrl: '/nowhere' })).toMatchObject({ kind: 'open', why: 'unreachable' });
});

test.each([
  ['by another name', 'HEAD'],
  ['by a name that means nothing any more', 'refs/heads/gone'],
  ['by no name at all', null],
])('a source that is given %s: what git recorded counts, or what it is by now', async (_, localRef) => {
  const repo = await makeMoved();
  const isHead = localRef === 'HEAD';
  await repo.git(['push', '--quiet', repo.url, isHead ? 'HEAD:main' : `${repo.told}:main`]);

  expect(await verdict(repo, { localRef })).toMatchObject({
    kind: 'accepted',
    update: { after: isHead ? repo.now : repo.told },
  });
});

test('a deletion over http has no source that could have moved', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, 'main:other', ':main'], { mayFail: true });
  await repo.git(['update-ref', '-d', 'refs/heads/main'], { cwd: repo.remote });

  expect(await verdict(repo, { localRef: '(delete)', after: ZERO_OID })).toMatchObject({
    kind: 'accepted',
    evidence: 'remote',
  });
});

test('long after the push its source says nothing', async () => {
  const repo = await makeMoved();
  await repo.git(['push', '--quiet', repo.url, `${repo.now}:main`]);

  expect(await verdict(repo, { isFresh: false, after: oidOf('9') })).toMatchObject({ kind: 'open' });
});
