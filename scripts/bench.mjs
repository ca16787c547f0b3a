// npm run bench: what codearts-hooks costs, against the budgets of design.md section 7.
// Exit code: 0 all within budget, 1 a row is not or has failed, 2 usage. What cannot be measured here is listed.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { stop } from './bench/run.mjs';
import { SUITES } from './bench/suites.mjs';
import { table } from './bench/table.mjs';
import { makeWorld } from './bench/world.mjs';

const KEYS = SUITES.flatMap(({ keys }) => keys);
const USAGE = `usage: npm run bench -- [--rounds N] [--only ROW]… [--json FILE] [--short]\nrows: ${KEYS.join(' ')}\n`;

/** @returns {{rounds: number, only: string[], json: string, short: boolean} | null} null: not understood */
function options() {
  try {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '40' },
        only: { type: 'string', multiple: true, default: KEYS },
        json: { type: 'string', default: '.cache/bench.json' },
        // Without each round's figures: what is kept in the repository.
        short: { type: 'boolean', default: false },
      },
    });
    const { only, json, short } = values;
    const rounds = Number(values.rounds);
    const isUnderstood = Number.isInteger(rounds) && rounds > 0 && only.every((key) => KEYS.includes(key));
    return isUnderstood ? { rounds, only, json, short } : null;
  } catch {
    return null;
  }
}

/** @param {NonNullable<ReturnType<typeof options>>} chosen */
async function bench({ rounds, only, json, short }) {
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Not `once`: execa, finding itself the only one who listens, would end us on the spot.
    process.on(signal, () => {
      isInterrupted = true;
      process.stderr.write(`interrupted (${signal}): cleaning up\n`);
      stop();
    });
  }
  const world = await makeWorld();
  const rows = [];
  const failures = [];
  try {
    for (const suite of SUITES) {
      const isWanted = (/** @type {string} */ key) => only.includes(key);
      if (isInterrupted || !suite.keys.some(isWanted)) continue;
      try {
        const task = { world, rounds, slowRounds: Math.max(3, Math.ceil(rounds / 4)), isWanted };
        for await (const row of suite.run(task)) {
          rows.push(row);
          process.stderr.write(`${row.ok === false ? 'OVER' : 'done'}  ${row.name}\n`);
        }
      } catch (error) {
        failures.push(`${suite.keys.join(', ')}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await world.close();
  }
  if (isInterrupted) return 130;
  // Budgets in milliseconds are of an idle machine; the ratios hold on any.
  const load = loadavg()[0] ?? 0;
  const machine = { node: process.version, kernel: release(), cpus: cpus().length, load };
  const kept = short ? rows.map((row) => ({ ...row, samples: undefined })) : rows;
  await mkdir(dirname(json), { recursive: true });
  await writeFile(
    json,
    `${JSON.stringify({ at: new Date().toISOString(), machine, rounds, rows: kept }, null, 2)}\n`,
  );
  const over = rows.filter(({ ok }) => ok === false).map(({ name }) => name);
  process.stdout.write(
    `\n${table(rows)}\nload ${load.toFixed(1)} on ${cpus().length} cores; written to ${json}\n`,
  );
  for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
  if (over.length > 0) process.stdout.write(`over budget: ${over.join('; ')}\n`);
  return over.length + failures.length === 0 ? 0 : 1;
}

const chosen = options();
if (chosen === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  process.exitCode = built.status === 0 ? await bench(chosen) : 1;
}
