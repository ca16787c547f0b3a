/** How the runner was started. */
export interface RunnerRun {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly stdin: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly execPath: string;
  /** What its descriptors are, by number; none where there is no /proc. */
  readonly descriptors: Readonly<Record<string, string>>;
  /** The id of its session; 0 where there is no /proc. */
  readonly session: number;
  /** The notes that it finds. */
  readonly notes: readonly string[];
}

/**
 * A stand-in for runner.cjs, which writes down how it was started: a file <process id>.json in the folder `record`.
 * With RUNNER_STAYS in its environment it stays until there is the file `released`, or its folder is gone.
 */
export function recorder(record: string, released: string): string {
  return `'use strict';
const fs = require('node:fs');
const orNone = (look, none) => { try { return look(); } catch { return none; } };
const descriptors = {};
for (const fd of orNone(() => fs.readdirSync('/proc/self/fd'), [])) {
  descriptors[fd] = orNone(() => fs.readlinkSync('/proc/self/fd/' + fd), 'closed');
}
const run = {
  pid: process.pid,
  argv: process.argv.slice(2),
  stdin: fs.readFileSync(0, 'utf8'),
  cwd: process.cwd(),
  env: process.env,
  execPath: process.argv0,
  descriptors,
  session: orNone(() => Number(fs.readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ')[3]), 0),
  notes: orNone(() => fs.readdirSync('notes'), []),
};
const path = ${JSON.stringify(record)} + '/' + process.pid;
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
fs.writeFileSync(path, JSON.stringify(run));
fs.renameSync(path, path + '.json');
if (process.env.RUNNER_STAYS) {
  const end = () => process.exit();
  const isOver = () => fs.existsSync(${JSON.stringify(released)}) || !fs.existsSync(${JSON.stringify(record)});
  setInterval(() => isOver() && end(), 20);
  setTimeout(end, 120_000);
}
`;
}
