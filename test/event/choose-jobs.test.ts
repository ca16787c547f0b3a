import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { type Choice, type PushedRef, chooseJobs } from '../../src/event/choose-jobs.ts';
import type { RemoteContext } from '../../src/rules/remotes.ts';
import type { JobRules } from '../../src/rules/select-jobs.ts';
import { importCommits } from '../fixtures/fast-import.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { type Repo, makeRepo, writeObject } from '../fixtures/repo.ts';

const REMOTE: RemoteContext = { remote: 'origin', url: '/r', defaultRemote: 'origin', defaultUrls: ['/r'] };
const LIMITS = { max: 20, 'max-message-bytes': 2000 };
const MARKERS = ['[skip ci]'];

type Push = Partial<PushedRef> & { readonly after: Oid };

/** Judges a push of `main`, to `origin`, which had nothing. */
async function choose({ product }: Repo, push: Push, jobs: readonly JobRules[]) {
  const ref = { ref: 'refs/heads/main', before: ZERO_OID, remote: REMOTE, known: async () => [], ...push };
  return await chooseJobs(product, ref, { jobs, 'skip-markers': MARKERS, commits: LIMITS });
}

function brief({ jobs, reason }: Choice<JobRules>) {
  return { jobs: jobs.map(({ name }) => name), reason };
}

async function makeHistory() {
  const repo = await makeRepo();
  const [start = ZERO_OID, docs = ZERO_OID, skipped = ZERO_OID, after = ZERO_OID] = await importCommits(
    repo,
    [
      { parents: [], message: 'start', files: { 'src/x': '1', 'docs/x': '1' } },
      { parents: [0], message: 'docs', files: { 'docs/y': '1' } },
      { parents: [1], message: 'not now\n\n[Skip CI]', files: { 'src/y': '1' } },
      { parents: [2], message: 'after it', files: { 'src/z': '1' } },
    ],
  );
  return { repo, start, docs, skipped, after };
}

const JOBS: readonly JobRules[] = [
  { name: 'all' },
  { name: 'src', paths: ['src/**'] },
  { name: 'not docs', 'paths-ignore': ['docs/**'] },
  { name: 'tags', tags: ['v*'] },
];

test('each job is judged by its own rules, and by the files once they are needed', async () => {
  const { repo, start, docs, after } = await makeHistory();

  expect(brief(await choose(repo, { before: start, after: docs }, JOBS))).toEqual({
    jobs: ['all'],
    reason: null,
  });
  expect(brief(await choose(repo, { before: docs, after }, JOBS))).toEqual({
    jobs: ['all', 'src', 'not docs'],
    reason: null,
  });
});

test('why no job is started is told', async () => {
  const { repo, start, docs } = await makeHistory();

  expect(brief(await choose(repo, { before: start, after: docs }, JOBS.slice(1)))).toEqual({
    jobs: [],
    reason: 'no job asks for what has changed: the changed file is ignored',
  });
  expect(brief(await choose(repo, { before: docs, after: ZERO_OID }, JOBS)).reason).toBe(
    'a deletion starts no build',
  );
});

test('the newest commit alone can ask for no build', async () => {
  const { repo, start, skipped, after } = await makeHistory();

  expect(brief(await choose(repo, { before: start, after: skipped }, JOBS))).toEqual({
    jobs: [],
    reason: 'the newest commit says "[skip ci]"',
  });
  expect(brief(await choose(repo, { before: start, after }, JOBS)).jobs).toContain('all');
});

test('a marker counts beyond what is sent of a message', async () => {
  const repo = await makeRepo();
  const message = `${'x'.repeat(5000)} [skip ci]`;
  const [after = ZERO_OID] = await importCommits(repo, [{ parents: [], message }]);

  expect(brief(await choose(repo, { after }, JOBS)).jobs).toEqual([]);
});

test('the files of a tag are not looked at', async () => {
  const { repo, docs } = await makeHistory();
  await repo.git(['tag', '-m', 'one', 'v1', docs]);
  const jobs = [{ name: 'tags', tags: ['v*'], paths: ['src/**'] }];

  const choice = await choose(repo, { ref: 'refs/tags/v1', after: await repo.revision('v1') }, jobs);

  expect(brief(choice)).toEqual({ jobs: ['tags'], reason: null });
  expect(choice.after).toBe(docs);
});

test('a tag of a file starts nothing', async () => {
  const { repo } = await makeHistory();
  const blob = await writeObject(repo, 'blob', Buffer.from('x'));

  expect(brief(await choose(repo, { ref: 'refs/tags/v1', after: blob }, JOBS))).toEqual({
    jobs: [],
    reason: 'refs/tags/v1 is no commit',
  });
});

test('files that cannot be told start every job that asks for any', async () => {
  const { repo, after } = await makeHistory();

  const choice = await choose(repo, { before: oidOf('b'), after }, JOBS);

  expect(brief(choice).jobs).toEqual(['all', 'src', 'not docs']);
  expect(choice.list?.remarks).toEqual(['the old value is not here: the new commit alone is listed']);
});

test('git is asked for nothing when the names alone decide', async () => {
  const { repo, after } = await makeHistory();
  const asked: string[] = [];
  const product = {
    ...repo.product,
    run: async (args: readonly string[]) => {
      asked.push(args.join(' '));
      return await repo.product.run(args);
    },
  };

  const choice = await choose({ ...repo, product }, { ref: 'refs/heads/x', after }, [
    { name: 'main', branches: ['main'] },
  ]);

  expect(brief(choice).reason).toBe('no job asks for refs/heads/x');
  expect(asked).toEqual([]);
});

test('a tag that was of a file before starts from there; one whose commit is not here starts nothing', async () => {
  const { repo, after } = await makeHistory();
  const file = await writeObject(repo, 'blob', Buffer.from('text'));
  const tag = { ref: 'refs/tags/v1', before: file, after };

  const moved = await choose(repo, tag, JOBS);
  const lost = await choose(repo, { before: after, after: oidOf('e') }, JOBS);

  expect(brief(moved)).toEqual({ jobs: ['tags'], reason: null });
  expect(moved.before).toBe(file);
  expect(brief(lost)).toEqual({ jobs: [], reason: 'refs/heads/main is no commit' });
});

test('of thousands of changed files each counts, wherever the output of git is cut', async () => {
  const repo = await makeRepo();
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, n) => [`a/${String(n).padStart(60, '0')}`, '1']),
  );
  const [start = ZERO_OID, after = ZERO_OID] = await importCommits(repo, [
    { parents: [], message: 'start' },
    { parents: [0], message: 'many', files: { ...many, 'z/last': '1' } },
  ]);
  const jobs = [
    { name: 'last', paths: ['z/last'] },
    { name: 'none', paths: ['y/**'] },
  ];

  expect(brief(await choose(repo, { before: start, after }, jobs)).jobs).toEqual(['last']);
});
