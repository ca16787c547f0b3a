import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A process in a trace of strace: the programs that it became, each a list of arguments, and its children. */
interface Traced {
  readonly programs: string[][];
  readonly children: number[];
}

/** What to run a program by, so that its processes are traced into the files `<trace>.<pid>`. */
export function traced(trace: string): string[] {
  return [
    'strace',
    '-ff',
    '-s',
    '300',
    '-e',
    'trace=execve,fork,vfork,clone,clone3',
    '-e',
    'signal=none',
    '-o',
    trace,
  ];
}

/**
 * The programs that git's side of a hook has run, by name, the hook itself first: without the watcher, which git does
 * not wait for, and what that has run.
 */
export async function foregroundPrograms(trace: string, hook: string): Promise<string[]> {
  const processes = await readTrace(trace);
  const isHook = (args: readonly string[]) => args.some((arg) => arg.endsWith(`/${hook}`));
  const found = [...processes].find(([, { programs }]) => programs.some(isHook));
  if (!found) throw new Error(`${hook} is not in the trace`);
  return programsOf(found[0], processes).slice(found[1].programs.findIndex(isHook));
}

function programsOf(pid: number, processes: ReadonlyMap<number, Traced>): string[] {
  const { programs, children } = processes.get(pid) ?? { programs: [], children: [] };
  if (programs.some((args) => args.includes('./watch'))) return [];
  const own = programs.map(([program = '']) => basename(program));
  return [...own, ...children.flatMap((child) => programsOf(child, processes))];
}

async function readTrace(trace: string): Promise<Map<number, Traced>> {
  const folder = join(trace, '..');
  const processes = new Map<number, Traced>();
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(trace)}.`)) continue;
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    const programs = lines.flatMap((line) => {
      const list = /^execve\(.*?, (\[.*\]), .* = 0$/.exec(line)?.[1];
      return list === undefined
        ? []
        : [[...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, arg = '']) => arg)];
    });
    const children = lines.flatMap((line) => {
      const pid = /^(?:v?fork|clone3?)\(.* = (\d+)$/.exec(line)?.[1];
      return pid === undefined ? [] : [Number(pid)];
    });
    processes.set(Number(name.slice(basename(trace).length + 1)), { programs, children });
  }
  return processes;
}
