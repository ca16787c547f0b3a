import { expect, test } from 'vitest';
import type { ListedJob } from '../../../src/codearts/jobs.ts';
import { freeName, newConfig, withJob } from '../../../src/commands/init/edit-config.ts';
import { placeOf, rankJobs, repositoryName } from '../../../src/commands/init/rank-jobs.ts';
import { nearestTo } from '../../../src/core/nearest.ts';
import { UserError } from '../../../src/core/errors.ts';

const ID = 'f9d6c8466d614a9788e9a0acf6c15f46';

function job(name: string, more: Partial<ListedJob> = {}): ListedJob {
  return { id: ID, name, sourceUrl: null, isExecutable: true, isDisabled: false, ...more };
}

test('jobs of the repository come first, then those of its name; what cannot start comes last among its like', () => {
  const jobs = [
    job('zebra'),
    job('shop-nightly', { isDisabled: true }),
    job('shop-ci'),
    job('api', { sourceUrl: 'https://git.example.com/team/Shop.git' }),
    job('late', { sourceUrl: 'https://git.example.com/team/shop', isExecutable: false }),
    job('ant', { sourceUrl: 'https://git.example.com/other/ant' }),
  ];

  const ranked = rankJobs(jobs, 'ssh://git@git.example.com:22/team/shop.git');

  expect(ranked.map(({ name, fit }) => `${name} ${fit}`)).toEqual([
    'api same',
    'late same',
    'shop-ci named',
    'shop-nightly named',
    'ant other',
    'zebra other',
  ]);
});

test('without a remote jobs are in the order of their names', () => {
  expect(rankJobs([job('b'), job('a')], null).map(({ name }) => name)).toEqual(['a', 'b']);
});

test.each([
  ['git@h.example.com:a/b.git', 'h.example.com/a/b', 'b'],
  ['ssh://git@h.example.com:22/a/b', 'h.example.com/a/b', 'b'],
  ['https://user:pw@h.example.com/a/B.git/', 'h.example.com/a/b', 'b'],
  ['https://h.example.com/a/b?tab=1#x', 'h.example.com/a/b', 'b'],
  ['../shop.git', '../shop', 'shop'],
  ['/srv/git/shop.git', '/srv/git/shop', 'shop'],
])('the place of %s is %s', (url, place, name) => {
  expect(placeOf(url)).toBe(place);
  expect(repositoryName(url)).toBe(name);
});

test('a name that is taken gets a number', () => {
  expect(freeName('ci', ['ci', 'ci-2'])).toBe('ci-3');
  expect(freeName('ci', [])).toBe('ci');
});

test('a new config has its lists on a line, and none that we would refuse to read', () => {
  const text = newConfig(
    'cn-north-4',
    { name: 'ci', id: ID, branches: ['main', 'a, b'], paths: ['src/**'] },
    { isInPackage: true },
  );

  expect(text).toContain('      "branches": ["main", "a, b"],\n      "paths": ["src/**"]\n');
  expect(() =>
    newConfig('cn-north-4', { name: 'ci', id: ID, branches: [''] }, { isInPackage: false }),
  ).toThrow(UserError);
});

test('a config in package.json is edited there, and gets the region that it lacks', async () => {
  const text = '{\n    "name": "shop",\n    "codearts-hooks": {\n        "jobs": []\n    }\n}\n';

  const wanted = await withJob(text, {
    key: 'codearts-hooks',
    region: 'cn-north-4',
    job: { name: 'ci', id: ID },
  });

  expect(JSON.parse(wanted)).toEqual({
    name: 'shop',
    'codearts-hooks': { jobs: [{ name: 'ci', id: ID }], region: 'cn-north-4' },
  });
  expect(wanted.startsWith('{\n    "name": "shop",\n    "codearts-hooks": {\n        "jobs": [\n')).toBe(
    true,
  );
});

test.each([
  ['shop-cl', ['shop-ci', 'docs'], 'shop-ci'],
  ['SHOP-CI', ['shop-ci'], 'shop-ci'],
  ['other', ['ci'], null],
  ['x', [], null],
])('what was probably meant by %s among %j is %s', (word, known, near) => {
  expect(nearestTo(word, known)).toBe(near);
});
