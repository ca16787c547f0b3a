import { join } from 'node:path';
import type { Env } from './effects.ts';
import { nodePath } from './node.ts';
import { packageRoot } from './package-files.ts';
import { startDetached } from './spawn.ts';

/** The heaps that hooks/start gives the runner. */
export const HEAPS = ['--max-semi-space-size=2', '--max-old-space-size=512'] as const;

/** Starts the runner in a repository's folder `codearts-hooks` and gives what it printed, and how it ended. */
export async function runRunner(
  stateDir: string,
  args: readonly string[],
  { env, stdin }: { readonly env: Env; readonly stdin?: string },
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const { execa } = await import('execa');
  const result = await execa(nodePath(), [...HEAPS, runnerPath(), ...args], {
    cwd: stateDir,
    env: { ...env },
    extendEnv: false,
    reject: false,
    input: stdin ?? '',
  });
  return { exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr };
}

/** Starts the runner to go on by itself: what waits is delivered in the background. */
export async function startRunner(stateDir: string, args: readonly string[], env: Env): Promise<void> {
  await startDetached(nodePath(), [...HEAPS, runnerPath(), ...args], { cwd: stateDir, env });
}

function runnerPath(): string {
  return join(packageRoot(), 'dist', 'runner.cjs');
}
