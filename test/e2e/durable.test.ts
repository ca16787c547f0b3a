import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Syscall, readSyscalls, tracedCalls } from '../fixtures/syscalls.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { type World, test } from '../fixtures/world.ts';

const CALLS = ['fsync', 'fdatasync', 'rename', 'link', 'unlink', 'write', 'writev', 'sendto'];

/** Pushes a commit; gives the calls of the runner, which is traced. */
async function tracedPush(world: World): Promise<readonly Syscall[]> {
  const [trace, node] = [join(world.root, 'trace'), join(world.root, 'traced-node')];
  const command = [...tracedCalls(trace, CALLS), process.execPath].map((word) => `'${word}'`).join(' ');
  await writeFile(node, `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(node, 0o755);
  await writeFile(join(world.dir, '.git', 'codearts-hooks', 'node'), `${node}\n`);
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  return await readSyscalls(trace);
}

const isSync = ({ name }: Syscall): boolean => name === 'fsync' || name === 'fdatasync';
const isPost = ({ args }: Syscall): boolean => args.includes('"POST /v1/job/');

/** The paths of a rename or link: from, to. */
function pathsOf({ args }: Syscall): readonly [string, string] {
  const [from = '', to = ''] = [...args.matchAll(/"([^"]*)"/g)].map(([, path = '']) => path);
  return [from, to];
}

/** Files that were put into a folder of ours, each with the calls that make it last through a power cut. */
function arrivals(calls: readonly Syscall[], folder: string) {
  return calls
    .filter(({ name }) => name === 'rename' || name === 'link')
    .filter((call) => pathsOf(call)[1].includes(`/${folder}/`))
    .map((call) => {
      const [from] = pathsOf(call);
      const synced = calls.find((other) => isSync(other) && other.args.includes(`<${from}>`));
      const listed = calls.find(
        (other) => isSync(other) && other.began > call.ended && other.args.endsWith(`/${folder}>`),
      );
      return {
        ended: call.ended,
        contentAt: synced?.ended ?? Infinity,
        began: call.began,
        listedAt: listed?.ended ?? Infinity,
      };
    });
}

test.skipIf(lacks('strace'))(
  'a power cut after a push loses nothing: all is on the disk before the request leaves',
  async ({ world }) => {
    const calls = await tracedPush(world);

    const posts = calls.filter(isPost);
    expect(posts).toHaveLength(1);
    const sentAt = posts[0]?.began ?? 0;
    // The note comes first: until then nothing else tells of the push.
    expect(calls.find(isSync)?.args).toMatch(/\/codearts-hooks\/notes\/\d+\.\d+>$/);
    const queued = arrivals(calls, 'q').filter(({ began }) => began < sentAt);
    expect(queued.length).toBeGreaterThan(0);
    for (const { contentAt, began, listedAt } of queued) {
      expect(contentAt).toBeLessThan(began);
      expect(listedAt).toBeLessThan(sentAt);
    }
    const forgotten = calls.find(({ name, args }) => name === 'unlink' && /\/notes\/\d+\.\d+"$/.test(args));
    expect(forgotten?.began).toBeGreaterThan(queued[0]?.listedAt ?? Infinity);
  },
);

test.skipIf(lacks('strace'))(
  'a power cut after the answer sends nothing twice: the build is on the disk before the queue forgets it',
  async ({ world }) => {
    const calls = await tracedPush(world);

    const [done] = arrivals(calls, 'done');
    const forgotten = calls.find(({ name, args }) => name === 'unlink' && /\/q\/\d+-/.test(args));
    expect(done?.contentAt).toBeLessThan(done?.began ?? 0);
    expect(done?.listedAt).toBeLessThan(forgotten?.began ?? 0);
    expect(world.triggers()).toHaveLength(1);
  },
);
