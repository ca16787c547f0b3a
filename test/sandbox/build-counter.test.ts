import { expect, test } from 'vitest';
import { createBuildCounter } from '../../src/sandbox/build-counter.ts';

const FIRST_DAY = new Date('2020-06-12T23:59:59.999Z');
const NEXT_DAY = new Date('2020-06-13T00:00:00.000Z');

test('a job counts its builds for ever, and again from 1 on each UTC day', () => {
  const builds = createBuildCounter();

  const numbers = [FIRST_DAY, FIRST_DAY, NEXT_DAY].map((at) => builds.start('job', at));

  expect(numbers).toEqual([
    { jobName: 'job', number: '1', dailyNumber: '20200612.1' },
    { jobName: 'job', number: '2', dailyNumber: '20200612.2' },
    { jobName: 'job', number: '3', dailyNumber: '20200613.1' },
  ]);
});

test('jobs count apart from each other', () => {
  const builds = createBuildCounter();
  builds.start('one', FIRST_DAY);

  expect(builds.start('two', FIRST_DAY)).toEqual({ jobName: 'two', number: '1', dailyNumber: '20200612.1' });
});

test('a counter that forgot begins again with build 1', () => {
  const builds = createBuildCounter();
  builds.start('job', FIRST_DAY);

  builds.forget();

  expect(builds.start('job', FIRST_DAY)).toEqual({ jobName: 'job', number: '1', dailyNumber: '20200612.1' });
});
