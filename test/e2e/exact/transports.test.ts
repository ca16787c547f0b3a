import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startHttpRemote } from '../../fixtures/http-remote.ts';
import { run } from '../../fixtures/run.ts';
import { startSshRemote } from '../../fixtures/ssh-remote.ts';
import { lacks } from '../../fixtures/unavailable.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { type Case, EVERYTHING, expectExact } from './expect-exact.ts';

const push =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(['push', '--quiet', ...args], { mayFail: true });
  };

async function commits(world: World): Promise<void> {
  await world.commit('one');
  await world.git(['branch', 'older']);
  await world.commit('two');
}

const remoteHook =
  (name: string, text: string) =>
  async (world: World): Promise<void> => {
    const path = join(world.remote, 'hooks', name);
    await writeFile(path, `#!/bin/sh\n${text}\n`);
    await chmod(path, 0o755);
    await commits(world);
  };

const DECLINES_OLDER = 'case $1 in */older) exit 1 ;; esac';

const CASES: readonly Case[] = [
  { title: 'a branch', prepare: commits, act: push('origin', 'main') },
  { title: 'new branches', prepare: commits, act: push('-u', 'origin', 'older', 'HEAD:other') },
  {
    title: '--force',
    prepare: async (world) => {
      await commits(world);
      await push('origin', 'main')(world);
      await world.git(['reset', '--quiet', '--hard', 'HEAD~2']);
      await world.commit('instead');
    },
    act: push('--force', 'origin', 'main'),
  },
  {
    title: 'a deletion',
    prepare: async (world) => {
      await commits(world);
      await push('origin', 'older')(world);
    },
    act: push('origin', ':older'),
  },
  {
    title: 'tags',
    prepare: commits,
    act: async (world) => {
      await world.git(['tag', 'v1']);
      await world.git(['tag', '-m', 'two', 'v2']);
      await push('origin', 'v1', 'v2')(world);
    },
  },
  {
    title: '--follow-tags',
    prepare: commits,
    act: async (world) => {
      await world.git(['tag', '-m', 'one', 'v1']);
      await push('--follow-tags', 'origin', 'main')(world);
    },
  },
  {
    title: 'no fast-forward',
    prepare: async (world) => {
      await commits(world);
      await push('origin', 'main')(world);
    },
    act: push('origin', 'HEAD~2:main', 'older'),
  },
  {
    title: 'declined by pre-receive',
    prepare: remoteHook('pre-receive', 'exit 1'),
    act: push('origin', 'main', 'older'),
  },
  {
    title: 'partly declined by update',
    prepare: remoteHook('update', DECLINES_OLDER),
    act: push('origin', 'main', 'older'),
  },
  {
    title: '--atomic, declined by update',
    prepare: remoteHook('update', DECLINES_OLDER),
    act: push('--atomic', 'origin', 'main', 'older'),
  },
  { title: 'up to date', act: push('origin', 'main') },
  { title: '--dry-run', prepare: commits, act: push('--dry-run', 'origin', 'main') },
  {
    title: 'by URL',
    prepare: commits,
    act: async (world) => {
      const { stdout } = await world.git(['remote', 'get-url', 'origin']);
      await world.git(['tag', 'v1']);
      await push(stdout.trim(), 'main', 'v1')(world);
    },
  },
  {
    title: 'accepted, and then the server dies',
    prepare: remoteHook('post-receive', 'kill -9 $PPID'),
    act: push('origin', 'main'),
  },
];

/** A way to reach the bare repository `remote.git`: its URL, what git needs for it, how it ends. */
interface Transport {
  readonly url: string;
  readonly env: Record<string, string>;
  readonly close: () => Promise<void>;
}

const overHttp = async (root: string): Promise<Transport> => {
  const remote = await startHttpRemote(root);
  return { url: remote.url('remote.git'), env: {}, close: remote.close };
};

const TRANSPORTS: Readonly<Record<string, (root: string) => Promise<Transport>>> = {
  http: overHttp,
  ssh: async (root) => {
    const remote = await startSshRemote(join(root, 'ssh'));
    return { url: remote.url(join(root, 'remote.git')), env: remote.env, close: remote.close };
  },
};

/** Points the clone's origin at another way to the same repository. */
async function reach(world: World, { url, env }: Transport): Promise<void> {
  Object.assign(world.env, env);
  await world.git(['remote', 'set-url', 'origin', url]);
  await world.cli(['trust', '--yes']);
}

async function expectExactOver(one: Case, start: (root: string) => Promise<Transport>): Promise<void> {
  let transport: Transport | null = null;
  try {
    await expectExact({
      ...one,
      prepare: async (world) => {
        await run('mkdir', ['-p', join(world.root, 'ssh')], { cwd: world.root, env: world.env });
        transport = await start(world.root);
        await reach(world, transport);
        await one.prepare?.(world);
      },
    });
  } finally {
    await (transport as Transport | null)?.close();
  }
}

for (const [name, start] of Object.entries(TRANSPORTS)) {
  describe.skipIf(name === 'ssh' && lacks('sshd'))(
    `over ${name} what is accepted starts exactly its builds`,
    () => {
      for (const one of CASES) test.concurrent(one.title, () => expectExactOver(one, start));
    },
  );
}

describe.concurrent('over http', () => {
  test('a branch that moves during a slow hook: the build is of what the remote has', () =>
    expectExactOver(
      {
        title: 'moved',
        prepare: async (world) => {
          await world.commit('one');
          const hook = '#!/bin/sh\ngit commit --quiet --allow-empty --message moved\n';
          await writeFile(join(world.dir, '.git', 'hooks', 'pre-push.next'), hook, { mode: 0o755 });
        },
        act: push('origin', 'main'),
      },
      overHttp,
    ));

  test('a tag pushed to a URL with a password is confirmed, and the password is nowhere of ours', async () => {
    const world = await makeWorld(EVERYTHING);
    const remote = await startHttpRemote(world.root, { user: 'dev', password: 'canary-5f2a' });
    const url = remote.url('remote.git').replace('http://', 'http://dev:canary-5f2a@');
    await world.git(['tag', 'v1']);

    await world.git(['push', '--quiet', url, 'v1']);
    await world.settled();

    expect(world.triggers()).toMatchObject([{ ref: 'refs/tags/v1' }]);
    const found = await run('grep', ['-r', '-l', 'canary-5f2a', world.dir, world.env['HOME'] ?? ''], {
      cwd: world.root,
      env: world.env,
      mayFail: true,
    });
    expect(found.stdout).toBe('');
    const seen = JSON.stringify(world.sandbox.requests()) + (await world.cli(['history', '--json'])).stdout;
    expect(seen).not.toContain('canary-5f2a');
    expect(await readFile(join(world.dir, '.git', 'config'), 'utf8')).not.toContain('canary');
    await remote.close();
    await world.close();
  });
});
