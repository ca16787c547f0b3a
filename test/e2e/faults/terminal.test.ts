import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readEvents } from '../../../src/spool/shelves.ts';
import { lacks } from '../../fixtures/unavailable.ts';
import { run, until } from '../../fixtures/run.ts';
import { type World, test } from '../../fixtures/world.ts';

const isImpossible = lacks('script');

/** An interactive shell on a terminal of its own; typing goes to its standard input. */
function openTerminal(world: World) {
  const child = spawn('script', ['-qfec', 'bash --norc -i', '/dev/null'], {
    cwd: world.dir,
    env: { ...world.env, TERM: 'dumb' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'exit');
  return {
    type: (text: string) => child.stdin.write(text),
    /** As when the window is closed: the terminal goes, and the kernel hangs up on its processes. */
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

type Terminal = ReturnType<typeof openTerminal>;

const ENDINGS: Readonly<Record<string, (terminal: Terminal) => Promise<void>>> = {
  'a terminal that is closed': async (terminal) => {
    await terminal.close();
  },
  'Ctrl-C': async (terminal) => {
    terminal.type('\u0003');
  },
};

/** The server has accepted, and does not let go of the client. */
async function holdClients(world: World): Promise<void> {
  const hook = '#!/bin/sh\nwhile test -d "$GIT_DIR"; do sleep 0.05; done\n';
  await writeFile(join(world.remote, 'hooks', 'post-receive'), hook, { mode: 0o755 });
}

async function stateOf(world: World): Promise<string | undefined> {
  const events = await readEvents({ root: join(world.dir, '.git', 'codearts-hooks') });
  return events[0]?.state;
}

test('a push through a pipe returns while the service hangs', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'slow', ms: 6000 }]);
  await world.commit('one');

  // Whoever keeps an end of the pipe open keeps `cat` waiting.
  await run('sh', ['-c', 'git push origin main 2>&1 | cat'], { cwd: world.dir, env: world.env });
  await until('the request', async () => world.sandbox.requests().length === 1);

  expect(await stateOf(world)).toBe('sending');
});

for (const [what, end] of Object.entries(ENDINGS)) {
  test.skipIf(isImpossible)(
    `${what} while the server keeps the push waiting loses nothing`,
    async ({ world }) => {
      await holdClients(world);
      const after = await world.commit('one');
      const terminal = openTerminal(world);

      terminal.type('git push origin main\n');
      await until(
        'the remote to accept',
        async () => (await world.remoteRefs())['refs/heads/main'] === after,
      );
      await end(terminal);
      await world.settled();
      await terminal.close();

      expect(world.triggers()).toMatchObject([{ after }]);
    },
  );

  test.skipIf(isImpossible)(`${what} while the request is on its way loses nothing`, async ({ world }) => {
    world.sandbox.setFaults([{ kind: 'slow', ms: 2000 }]);
    const after = await world.commit('one');
    const terminal = openTerminal(world);

    // One job: what the push has left behind is in the foreground, too.
    terminal.type("sh -c 'git push origin main; sleep 30'\n");
    await until('the request', async () => world.sandbox.requests().length === 1);
    await end(terminal);
    await world.settled();
    await terminal.close();

    expect(world.sandbox.requests()).toHaveLength(1);
    expect(world.triggers()).toMatchObject([{ after }]);
    expect(await stateOf(world)).toBe('delivered');
  });
}
