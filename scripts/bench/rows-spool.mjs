import { randomBytes } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { rowOf, unmeasured } from './measure.mjs';
import { until } from './run.mjs';
import { lastRunner, statusOf } from './settled.mjs';

const WAITING = 10_000;
const INTAKE = 'push -> queued, 10,000 waiting';
const DRAIN = 'a request of 10,000 that wait';
const MEMORY = 'runner memory, 10,000 waiting';

/**
 * A long queue: how long a push takes to get into it while the service hangs, how fast it is delivered once the
 * service answers, and what memory that takes. Once: it takes a minute.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const spool = {
  keys: ['spool-intake', 'spool-drain', 'spool-memory'],
  run: async function* run({ world, isWanted }) {
    const repository = await world.repository();
    await world.install(repository);
    await repository.commit('one');
    await repository.git(['push', '--quiet', 'origin', 'main']);
    await repository.settled();
    await fill(repository.state);
    world.service.hang();
    const before = await lastRunner(repository.state);
    await repository.commit('two');
    const { endedAt } = await repository.time('git', ['push', 'origin', 'main']);
    const intake = await until('the push to be queued', async () => {
      const names = await readdir(join(repository.state, 'notes'));
      return names.some((name) => /^\d+\.\d+$/.test(name)) ? null : performance.now() - endedAt;
    });
    const pid = await lastRunner(repository.state);
    const sentBefore = world.service.count();
    const startedAt = performance.now();
    world.service.release();
    let kilobytes = NaN;
    await until(
      'the end of the runner',
      async () => {
        const status = pid === null || pid === before ? null : await statusOf(pid);
        const found = Number(/^VmHWM:\s+(\d+) kB/m.exec(status ?? '')?.[1] ?? NaN);
        if (!Number.isNaN(found)) kilobytes = found;
        return status === null ? true : null;
      },
      300_000,
    );
    const sent = world.service.count() - sentBefore;
    const each = (performance.now() - startedAt) / Math.max(sent, 1);
    const alone = (/** @type {number} */ value) => ({ without: [], with: [value] });
    if (isWanted('spool-intake')) yield rowOf(INTAKE, 'ms', alone(intake), { value: 2000 });
    if (isWanted('spool-drain')) yield rowOf(DRAIN, 'ms', alone(sent < WAITING ? NaN : each), { value: 5 });
    if (!isWanted('spool-memory')) return;
    yield Number.isFinite(kilobytes)
      ? rowOf(MEMORY, 'MB', alone(kilobytes / 1000), { value: 100 })
      : unmeasured(MEMORY, 'no VmHWM in /proc/<pid>/status here');
  },
};

/**
 * Queues events like the one that was delivered, each of a branch of its own.
 *
 * @param {string} state the repository's folder `codearts-hooks`
 */
async function fill(state) {
  const [name = ''] = await readdir(join(state, 'done'));
  const event = JSON.parse(await readFile(join(state, 'done', name), 'utf8'));
  const now = Date.now();
  for (let n = 0; n < WAITING; n += 1) {
    const seq = 1000 + n;
    const id = randomBytes(6).toString('hex');
    const ref = `refs/heads/b${n}`;
    const waiting = { ...event, id, seq, ref, state: 'queued', build: null, attempts: [], queuedAt: now };
    waiting.payload = { ...event.payload, ref };
    await writeFile(join(state, 'q', `${String(seq).padStart(8, '0')}-${id}`), JSON.stringify(waiting));
  }
}
