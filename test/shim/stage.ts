import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';
import { type Note, parseNote } from '../../src/hook/note.ts';
import { noteNames } from '../../src/push/notes.ts';
import { cleanEnv } from '../fixtures/clean-env.ts';
import { type Ran, type RunOptions, run, until } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { CLI } from '../fixtures/world.ts';
import { type RunnerRun, recorder } from './recorder.ts';
import { type Shell, pathOf } from './shells.ts';

/** A repository with codearts-hooks installed, in which a runner that only writes down how it was started. */
export interface Stage {
  readonly root: string;
  /** The work tree; `origin` is the bare repository `../remote.git`, to which `main` has been pushed. */
  readonly dir: string;
  readonly hooks: string;
  readonly state: string;
  /** Has a PATH on which `sh` is the shell of the stage. */
  readonly env: Record<string, string>;
  /** Runs a hook of the repository, as `<shell> .git/hooks/<name> <args>`. */
  readonly hook: (name: string, args: readonly string[], options?: Partial<HookOptions>) => Promise<HookRun>;
  /** Runs git, with hooks that the shell of the stage runs. */
  readonly git: (args: readonly string[], options?: Partial<RunOptions>) => Promise<Ran>;
  /** The runs of the runner so far, in the order of their process ids. */
  readonly runs: () => Promise<RunnerRun[]>;
  /** Waits for `count` runs. */
  readonly started: (count?: number) => Promise<RunnerRun[]>;
  /** Lets the runners end that RUNNER_STAYS in the environment has made stay. */
  readonly release: () => Promise<void>;
  readonly noteNames: (folder?: string) => Promise<string[]>;
  readonly noteText: (name: string, folder?: string) => Promise<string>;
  /** The notes in a folder, parsed. */
  readonly notes: (folder?: string) => Promise<Note[]>;
}

/** How to run a hook. */
export interface HookOptions {
  readonly stdin: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What to call the hook by; else `.git/hooks/<name>`. */
  readonly path: string;
  /** A program that runs the shell, with its arguments. */
  readonly by: readonly string[];
  /** Options of the shell. */
  readonly shellOptions: readonly string[];
}

/** What a hook came to. Its output is complete, and nobody has it open any more. */
export interface HookRun extends Ran {
  readonly pid: number;
}

/** Sets up a repository once for the tests of a file; gives the maker of copies of it. */
export function useStage(): (shell: Shell) => Promise<Stage> {
  let template = '';
  beforeAll(async () => {
    template = await makeTemplate();
  });
  afterAll(async () => {
    await rm(template, { recursive: true, force: true });
  });
  return (shell) => makeStage(template, shell);
}

async function makeTemplate(): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'codearts-hooks-')));
  const options = { cwd: join(root, 'work'), env: cleanEnv(root) };
  await mkdir(join(root, 'home'));
  await mkdir(options.cwd);
  await run(
    'git',
    ['init', '--quiet', '--template=', '--bare', '--initial-branch=main', '../remote.git'],
    options,
  );
  await run('git', ['init', '--quiet', '--template=', '--initial-branch=main'], options);
  await run('git', ['remote', 'add', 'origin', '../remote.git'], options);
  await run('git', ['commit', '--quiet', '--allow-empty', '--message', 'start'], options);
  await run('git', ['push', '--quiet', '-u', 'origin', 'main'], options);
  await run(process.execPath, [CLI, 'install', '--yes'], options);
  return root;
}

async function makeStage(template: string, { command: [program, ...options] }: Shell): Promise<Stage> {
  const root = await scratchFolder();
  await cp(template, root, { recursive: true });
  const [dir, bin, record] = ['work', 'bin', 'record'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const [hooks, state] = [join(dir, '.git', 'hooks'), join(dir, '.git', 'codearts-hooks')];
  await mkdir(bin);
  await mkdir(record);
  const shellPath = pathOf(program);
  await symlink(shellPath, join(bin, 'sh'));
  await writeFile(join(state, 'runner.cjs'), recorder(record, join(root, 'released')));
  for (const file of [join(hooks, 'pre-push'), join(state, 'reference-transaction')]) {
    await writeFile(file, (await readFile(file, 'utf8')).replace('#!/bin/sh\n', `#!${bin}/sh\n`));
    await chmod(file, 0o755);
  }
  const env = cleanEnv(root);
  env['PATH'] = `${bin}:${env['PATH']}`;
  const runs = async (): Promise<RunnerRun[]> => {
    const names = (await readdir(record)).filter((name) => name.endsWith('.json'));
    const texts = await Promise.all(names.map((name) => readFile(join(record, name), 'utf8')));
    return texts.map((text) => JSON.parse(text) as RunnerRun).sort((a, b) => a.pid - b.pid);
  };
  const noteText: Stage['noteText'] = (name, folder = 'notes') => readFile(join(state, folder, name), 'utf8');
  return {
    root,
    dir,
    hooks,
    state,
    env,
    hook: async (name, args, { by = [], shellOptions = [], path = `.git/hooks/${name}`, ...given } = {}) => {
      const [file = '', ...rest] = [...by, shellPath, ...options, ...shellOptions, path, ...args];
      return await runHook(file, rest, { cwd: dir, stdin: '', ...given, env: { ...env, ...given.env } });
    },
    git: (args, given) => run('git', args, { cwd: dir, env, ...given }),
    runs,
    started: (count = 1) =>
      until(`the run ${count} of the runner`, async () => {
        const found = await runs();
        return found.length >= count && found;
      }),
    release: () => writeFile(join(root, 'released'), ''),
    noteNames: (folder = 'notes') => noteNames(join(state, folder)),
    noteText,
    notes: async (folder = 'notes') => {
      const names = await noteNames(join(state, folder));
      return await Promise.all(names.map(async (name) => parseNote(await noteText(name, folder))));
    },
  };
}

async function runHook(
  file: string,
  args: readonly string[],
  { cwd, env, stdin }: Pick<HookOptions, 'cwd' | 'env' | 'stdin'>,
): Promise<HookRun> {
  const child = execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    input: stdin,
  });
  const { exitCode = -1, stdout, stderr } = await child;
  return { pid: child.pid ?? 0, exitCode, stdout, stderr };
}

/** Lines as git gives them to pre-push, of `count` new branches. */
export function lines(count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `refs/heads/b${n} ${'1'.repeat(40)} refs/heads/b${n} ${'0'.repeat(40)}\n`,
  ).join('');
}
