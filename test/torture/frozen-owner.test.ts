import { access, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { listNames } from '../../src/platform/files.ts';
import { makePostOffice } from '../delivery/post-office.ts';
import { makeProgram, startProgram } from '../fixtures/program.ts';
import { until } from '../fixtures/run.ts';
import { trials } from './tiers.ts';

/**
 * A process that delivers is stopped at that checkpoint for longer than its lease; another takes over and delivers;
 * then the first goes on.
 */
async function overtake(program: string, stopAt: number): Promise<string | null> {
  const office = await makePostOffice();
  await office.put(2);
  const log = join(office.spool.root, 'checkpoint');
  const owner = startProgram(program, [office.spool.root, office.sandbox.url, office.sandbox.token], {
    env: {
      CODEARTS_HOOKS_CRASH_AT: String(stopAt),
      CODEARTS_HOOKS_CRASH_SIGNAL: 'SIGSTOP',
      CODEARTS_HOOKS_CHECKPOINT_LOG: log,
    },
  });
  const isStopped = async (): Promise<boolean> =>
    await access(log).then(
      () => true,
      () => false,
    );
  await until('the owner to stop or end', async () => (await isStopped()) || owner.child.exitCode !== null);
  if (!(await isStopped())) return null;
  const locks = lockFolder(office.spool);
  for (const folder of [locks, join(locks, 'intake')]) {
    for (const name of await listNames(folder)) await utimes(join(folder, name), 1, 1);
  }

  await office.deliver();
  const before = await office.states();
  owner.child.kill('SIGCONT');
  await owner.ended;
  await office.deliver();

  expect(before).toEqual(['delivered', 'delivered']);
  expect(await office.states()).toEqual(['delivered', 'delivered']);
  expect(office.built()).toEqual(['push 1', 'push 2']);
  return 'overtaken';
}

test(
  'an owner that is frozen past its lease at any checkpoint and goes on later doubles nothing',
  async () => {
    const program = await makeProgram('test/delivery/deliver-program.ts', true);

    const found = await trials(9, async (n) => await overtake(program, n));

    process.stdout.write(`frozen at ${found.length} checkpoints\n`);
    expect(found.length).toBeGreaterThan(3);
  },
  30 * 60_000,
);
