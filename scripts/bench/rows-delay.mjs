import { dirname } from 'node:path';
import { interleave, rowOf } from './measure.mjs';
import { startSlowRemote } from './slow-remote.mjs';

const DELAY_MS = 200;

/**
 * A push to a remote that is far away: what we add to it is next to nothing.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const pushFar = {
  keys: ['push-far'],
  run: async function* run({ world, slowRounds }) {
    const pair = { without: await world.repository(), with: await world.repository() };
    const remotes = [];
    try {
      for (const { dir, git } of Object.values(pair)) {
        const remote = await startSlowRemote(dirname(dir), DELAY_MS / 2, world.env);
        remotes.push(remote);
        await git(['remote', 'set-url', 'origin', `${remote.url}/remote.git`]);
      }
      // An approval is for the remote's URL.
      await world.install(pair.with);
      const samples = await interleave(slowRounds, async (side, round) => {
        const repository = pair[side];
        const after = await repository.commit(`${side} ${round}`);
        const { ms } = await repository.time('git', ['push', 'origin', 'main']);
        if (side === 'with') await world.service.arrival(after);
        await repository.settled();
        return ms;
      });
      yield rowOf(`push, ${DELAY_MS} ms away`, 'ms', samples, { ratio: 1.1 });
    } finally {
      for (const remote of remotes) await remote.close();
    }
  },
};
