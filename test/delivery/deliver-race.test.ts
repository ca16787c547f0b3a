import { expect, test } from 'vitest';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { lastOwner } from '../../src/platform/lock.ts';
import { makeProgram, startProgram } from '../fixtures/program.ts';
import { until } from '../fixtures/run.ts';
import { type PostOffice, makePostOffice, ownBranch } from './post-office.ts';

async function startDelivering(count: number, { spool, sandbox }: PostOffice) {
  const program = await makeProgram('test/delivery/deliver-program.ts');
  return Array.from({ length: count }, () => startProgram(program, [spool.root, sandbox.url, sandbox.token]));
}

test('processes that deliver at once send each event once, those of a branch in their order', async () => {
  const office = await makePostOffice();
  await office.put(40, (seq) => ({ ref: `refs/heads/b${seq % 4}` }));

  const running = await startDelivering(3, office);
  await Promise.all(running.map(({ ended }) => ended));

  expect(running.map(({ child }) => child.exitCode)).toEqual([0, 0, 0]);
  expect(new Set(await office.states())).toEqual(new Set(['delivered']));
  expect(office.sandbox.requests()).toHaveLength(40);
  for (const branch of [0, 1, 2, 3]) {
    const seqs = office.built().flatMap((message) => {
      const seq = Number(message.split(' ')[1]);
      return seq % 4 === branch ? [seq] : [];
    });
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(seqs).toHaveLength(10);
  }
});

test('of a process that is killed while it delivers nothing is lost, and nothing is sent twice', async () => {
  const office = await makePostOffice();
  await office.put(40, ownBranch);
  office.sandbox.setFaults(Array.from({ length: 40 }, () => ({ kind: 'slow', ms: 20 })));
  const running = await startDelivering(3, office);
  await until('some requests', async () => office.sandbox.requests().length >= 5);

  const owner = await lastOwner(lockFolder(office.spool));
  running.find(({ child }) => child.pid === owner?.pid)?.child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));

  const states = await office.states();
  expect(states.filter((state) => state !== 'delivered' && state !== 'ambiguous')).toEqual([]);
  expect(states.filter((state) => state === 'ambiguous').length).toBeLessThanOrEqual(8);
  expect(new Set(office.built()).size).toBe(office.built().length);
  expect(office.built().length).toBeGreaterThanOrEqual(
    states.filter((state) => state === 'delivered').length,
  );
});
