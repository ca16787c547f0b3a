import { expect, test } from 'vitest';
import { judgePush } from '../../src/event/judge-push.ts';
import { remoteContext } from '../../src/event/remote-context.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import type { JobRules } from '../../src/rules/select-jobs.ts';
import { ZERO_OID } from '../fixtures/oid.ts';
import { type Pushed, type Repo, makePushed, makeRepo } from '../fixtures/repo.ts';

const RULES = { 'skip-markers': [], commits: { max: 20, 'max-message-bytes': 2000 } };

async function placeOf(repo: Repo) {
  return { git: repo.product, settings: await readGitSettings(repo.product), commonDir: repo.gitDir };
}

/** The jobs that a push of `main` starts, and the commits that it lists. */
async function judge(repo: Pushed, to: { remote: string; url: string }, jobs: readonly JobRules[]) {
  const update = { ref: 'refs/heads/main', before: ZERO_OID, after: await repo.revision('main') };
  const choice = await judgePush(
    await placeOf(repo),
    { update, siblings: [update], ...to },
    { ...RULES, jobs },
  );
  return {
    jobs: choice.jobs.map(({ name }) => name),
    commits: choice.list?.commits.map(({ message }) => message),
  };
}

test('a push to a remote that is configured is judged by its name, and lists what that remote lacked', async () => {
  const repo = await makePushed();
  await repo.commit('second');
  const jobs = [{ name: 'default' }, { name: 'other', remotes: ['upstream'] }];
  // Its own tracking ref has been moved by the push itself: what the remote had is told by the others alone.
  await repo.git(['push', '--quiet', 'origin', 'main~:refs/heads/old']);

  expect(await judge(repo, { remote: 'origin', url: repo.remote }, jobs)).toEqual({
    jobs: ['default'],
    commits: ['second'],
  });
});

test('a push by URL counts as one to the default remote if it goes where that is pushed to', async () => {
  const repo = await makePushed();
  const jobs = [{ name: 'default' }, { name: 'all', remotes: ['*'] }];

  expect(await judge(repo, { remote: repo.remote, url: repo.remote }, jobs)).toMatchObject({
    jobs: ['default', 'all'],
  });
  expect(await judge(repo, { remote: '/elsewhere', url: '/elsewhere' }, jobs)).toMatchObject({
    jobs: ['all'],
  });
});

test.each([
  ['none', [], null],
  ['one of any name', ['upstream'], 'upstream'],
  ['origin among others', ['upstream', 'origin'], 'origin'],
  ['several and no origin', ['upstream', 'fork'], null],
])(
  'of %s, the default remote is the one that a rule without remotes means',
  async (_, names, defaultRemote) => {
    const repo = await makeRepo();
    for (const name of names)
      await repo.git(['remote', 'add', name, `https://dev:secret@${name}.example/r.git`]);

    const context = await remoteContext(
      await placeOf(repo),
      'https://x.example/r.git',
      'https://x.example/r.git',
    );

    expect(context).toMatchObject({
      defaultRemote,
      defaultUrls: defaultRemote === null ? [] : [`https://${defaultRemote}.example/r.git`],
    });
  },
);

test('of thousands of new refs in one push, git is asked once what the remote had', async () => {
  const repo = await makePushed();
  const after = await repo.commit('second');
  const place = await placeOf(repo);
  let questions = 0;
  const git = {
    ...place.git,
    run: async (...args: Parameters<typeof place.git.run>) => {
      if (args[0][0] === 'for-each-ref') questions += 1;
      return await place.git.run(...args);
    },
  };
  const siblings = ['a', 'b', 'c'].map((name) => ({ ref: `refs/heads/${name}`, before: ZERO_OID, after }));
  const to = { siblings, remote: 'origin', url: repo.remote };

  for (const update of siblings) {
    const choice = await judgePush(
      { ...place, git },
      { update, ...to },
      { ...RULES, jobs: [{ name: 'all' }] },
    );
    expect(choice.list?.commits.map(({ message }) => message)).toEqual(['second']);
  }

  expect(questions).toBe(1);
});
