import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { JOB, type World, makeWorld, test } from '../fixtures/world.ts';
import { settledHistory } from '../rows/history.ts';

/** Commits a change of files. */
async function change(world: World, message: string, ...paths: string[]): Promise<string> {
  for (const path of paths) {
    await mkdir(dirname(join(world.dir, path)), { recursive: true });
    await writeFile(join(world.dir, path), `${message}\n`);
  }
  await world.git(['add', '--all']);
  await world.git(['commit', '--quiet', '--allow-empty', '--message', message]);
  return (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
}

const jobs = [
  { ...JOB, name: 'src', id: '1'.repeat(32), paths: ['src/**', '!**/*.md'], 'branches-ignore': ['wip/**'] },
  { ...JOB, name: 'docs', id: '2'.repeat(32), paths: ['**/*.md'] },
  { ...JOB, name: 'not docs', id: '3'.repeat(32), 'paths-ignore': ['**/*.md'], branches: ['main'] },
  { ...JOB, name: 'releases', id: '4'.repeat(32), tags: ['v*'], 'tags-ignore': ['*-rc*'] },
];

test('each push starts exactly the jobs that its files, its ref and its message ask for', async () => {
  const world = await makeWorld({ jobs });
  const started: string[][] = [];
  /** Pushes, and remembers which jobs that has started. */
  const push = async (...args: string[]): Promise<void> => {
    const before = world.sandbox.requests().length;
    await world.git(['push', '--quiet', 'origin', ...args]);
    await world.settled();
    const names = world.sandbox
      .requests()
      .slice(before)
      .map(({ path }) => jobs.find(({ id }) => path.includes(id))?.name ?? path);
    started.push(names.toSorted());
  };
  try {
    await change(world, 'code', 'src/a.c');
    await push('main');
    await change(world, 'docs', 'src/README.md', 'docs/x.md');
    await push('main');
    await change(world, 'both, with a rename', 'src/b.c', 'x.md');
    await push('main');
    await change(world, 'skipped [skip ci]', 'src/c.c');
    await push('main');
    await change(world, 'nothing');
    await push('main');
    await world.git(['checkout', '--quiet', '-b', 'topic']);
    await push('topic');
    await change(world, 'on topic', 'docs/y.md');
    await push('topic', 'HEAD:refs/heads/wip/x');
    await change(world, 'more', 'src/d.c');
    await push('HEAD:refs/heads/wip/y');
    await world.git(['tag', 'v1']);
    await world.git(['tag', 'v2-rc1']);
    await push('v1', 'v2-rc1');
    await world.git(['reset', '--quiet', '--hard', 'HEAD~2']);
    await push('--force', 'HEAD:refs/heads/topic');

    expect(started).toEqual([
      ['not docs', 'src'],
      ['docs'],
      ['docs', 'not docs', 'src'],
      [],
      [],
      [],
      ['docs', 'docs'],
      [],
      ['releases'],
      ['docs'],
    ]);
    const reasons = (await settledHistory(world))
      .filter(({ state }) => state === 'skipped')
      .map(({ reason }) => reason);
    expect(reasons).toContain('the newest commit says "[skip ci]"');
    expect(reasons).toContain('no job asks for what has changed: no file is changed');
  } finally {
    await world.close();
  }
});

test('trigger --job starts a job whatever the rules say, skip markers and all', async () => {
  const world = await makeWorld({ jobs });
  try {
    await change(world, 'not now [skip ci]', 'x.md');

    const refused = await world.cli(['trigger', '--wait'], { mayFail: true });
    const forced = await world.cli(['trigger', '--job', 'releases', '--wait']);

    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('says "[skip ci]"') });
    expect(forced.exitCode).toBe(0);
    expect(world.sandbox.requests()).toMatchObject([{ path: expect.stringContaining('4'.repeat(32)) }]);
  } finally {
    await world.close();
  }
});
