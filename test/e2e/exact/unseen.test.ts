import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { until } from '../../fixtures/run.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { EVERYTHING } from './expect-exact.ts';

async function historyOf(world: World): Promise<HistoryRow[]> {
  return JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
}

describe.concurrent('what no runner has seen', () => {
  test('a remote that is renamed has no push of its past built', async () => {
    const world = await makeWorld(EVERYTHING);
    for (const name of ['one', 'two']) {
      await world.commit(name);
      await world.git(['push', '--quiet', 'origin', 'main']);
    }
    await world.settled();
    const before = world.triggers().length;

    await world.git(['remote', 'rename', 'origin', 'upstream']);
    await world.cli(['flush']);
    const after = await world.commit('three');
    await world.git(['push', '--quiet', 'upstream', 'main']);
    await world.settled();

    expect(before).toBe(2);
    expect(world.triggers().slice(before)).toMatchObject([{ ref: 'refs/heads/main', after }]);
    await world.close();
  });

  test('a push that no hook saw is built after the one that it followed', async () => {
    const world = await makeWorld(EVERYTHING);
    const first = await world.commit('first');
    await world.git(['push', '--quiet', 'origin', 'main']);
    const second = await world.commit('second');
    await world.git(['push', '--quiet', '--no-verify', 'origin', 'main']);
    await world.settled();
    await world.cli(['flush']);

    expect(world.triggers().map(({ after }) => after)).toEqual([first, second]);
    await world.close();
  });

  test('a push that is switched off is not built by the name of a dry one before it', async () => {
    const world = await makeWorld(EVERYTHING);
    await world.commit('one');
    await world.git(['push', '--quiet', '--dry-run', 'origin', 'main']);
    await world.git(['push', '--quiet', 'origin', 'main'], { env: { ...world.env, CODEARTS_HOOKS: '0' } });
    await world.settled();
    await world.cli(['flush']);

    expect(world.triggers()).toEqual([]);
    await world.close();
  });

  test('a push that is killed, and logged by the next one, is built once', async () => {
    const world = await makeWorld(EVERYTHING);
    const hook = join(world.remote, 'hooks', 'post-receive');
    const release = join(world.root, 'release');
    await writeFile(hook, `#!/bin/sh\nuntil test -e '${release}'; do sleep 0.02; done\n`, { mode: 0o755 });
    const after = await world.commit('one');
    const push = spawn('git', ['push', '--quiet', 'origin', 'main'], { cwd: world.dir, env: world.env });
    const ended = once(push, 'exit');
    await until('the remote to accept', async () => (await world.remoteRefs())['refs/heads/main'] === after);
    push.kill('SIGKILL');
    await ended;
    await writeFile(release, '');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();
    await world.git(['push', '--quiet', 'origin', 'main:other']);
    await world.settled();

    expect(world.triggers().map(({ ref }) => ref)).toEqual(['refs/heads/main', 'refs/heads/other']);
    await world.close();
  });

  test('of many pushes that no hook saw no more are built than one push may', async () => {
    const world = await makeWorld({ ...EVERYTHING, 'max-triggers-per-push': 2 });
    for (const name of ['a', 'b', 'c']) {
      await world.commit(name);
      await world.git(['push', '--quiet', '--no-verify', 'origin', `HEAD:refs/heads/${name}`]);
    }

    await world.cli(['flush'], { mayFail: true });

    const states = (await historyOf(world)).map(({ state, reason }) => [state, reason]).toReversed();
    expect(states.map(([state]) => state)).toEqual(['delivered', 'delivered', 'held']);
    expect(states[2]?.[1]).toBe('more than 2 builds from one push');
    await world.close();
  });

  test('a push is built though a colleague has pushed over it since', async () => {
    const world = await makeWorld(EVERYTHING);
    const state = join(world.dir, '.git', 'codearts-hooks');
    const node = await readFile(join(state, 'node'), 'utf8');
    const [broken, mark] = [join(world.root, 'no-node'), join(world.root, 'was-started')];
    await writeFile(broken, `#!/bin/sh\n: >'${mark}'\n`, { mode: 0o755 });
    await writeFile(join(state, 'node'), `${broken}\n`);
    const ours = await world.commit('ours');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await until('the runner that does nothing', async () => existsSync(mark));
    const colleague = join(world.root, 'colleague');
    await world.git(['clone', '--quiet', world.remote, colleague]);
    await world.commit('theirs', colleague);
    await world.git(['push', '--quiet', '--force', 'origin', 'HEAD~2:main'], { cwd: colleague });
    await world.git(['fetch', '--quiet', 'origin']);

    await writeFile(join(state, 'node'), node);
    await world.cli(['flush'], { mayFail: true });

    // Of reftables the sweep alone reads the log, and leaves what was noted to the note: that one stays unconfirmed.
    const isLogRead = process.env['CODEARTS_TEST_REF_FORMAT'] !== 'reftable';
    expect(world.triggers()).toMatchObject(isLogRead ? [{ ref: 'refs/heads/main', after: ours }] : []);
    expect(new Set((await historyOf(world)).map((row) => row.state))).toEqual(
      new Set([isLogRead ? 'delivered' : 'unconfirmed']),
    );
    await world.close();
  });
});
