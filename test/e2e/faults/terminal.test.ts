import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
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
  return {
    type: (text: string) => child.stdin.write(text),
    /** As when the window is closed: the terminal goes, and its processes are told. */
    close: async () => {
      child.kill('SIGHUP');
      child.stdin.destroy();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function acceptedAs(world: World, value: string): Promise<void> {
  await until('the remote to accept', async () => (await world.remoteRefs())['refs/heads/main'] === value);
}

test('a push through a pipe returns while the service hangs', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'hang' }]);
  await world.commit('one');

  // Whoever keeps an end of the pipe open keeps `cat` waiting.
  await run('sh', ['-c', 'git push origin main 2>&1 | cat'], { cwd: world.dir, env: world.env });
  await until('the request', async () => world.sandbox.requests().length === 1);
  const [row] = JSON.parse((await world.cli(['history', '--json'])).stdout) as { state: string }[];

  expect(row?.state).toBe('sending');
  await world.sandbox.close();
});

test.skipIf(isImpossible)(
  'a terminal that is closed right after the push loses nothing',
  async ({ world }) => {
    const after = await world.commit('one');
    const terminal = openTerminal(world);

    terminal.type('git push origin main\n');
    await acceptedAs(world, after);
    await terminal.close();
    await world.settled();

    expect(world.triggers()).toMatchObject([{ after }]);
  },
);

test.skipIf(isImpossible)('Ctrl-C right after the push loses nothing', async ({ world }) => {
  const after = await world.commit('one');
  const terminal = openTerminal(world);

  // One job: what follows the push keeps the terminal, and Ctrl-C goes to all of it.
  terminal.type("sh -c 'git push origin main; sleep 30'\n");
  await acceptedAs(world, after);
  terminal.type('\u0003');
  await world.settled();
  await terminal.close();

  expect(world.triggers()).toMatchObject([{ after }]);
});
