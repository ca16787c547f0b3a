import { basename } from 'node:path';
import { t } from '../core/translate.ts';
import { askProgram } from '../platform/ask-program.ts';
import type { Env } from '../platform/effects.ts';
import { gitEnv } from '../platform/git-env.ts';
import { type Lookup, parseCredentials } from './credential-set.ts';

const TIME_LIMIT_MS = 10_000;
const NO_ANSWER = {
  'not-started': (source: string) => t`${source} could not be started`,
  late: (source: string) => t`${source} took longer than 10 s`,
  'too-long': (source: string) => t`${source} printed more than 64 KB`,
  killed: (source: string) => t`${source} was killed`,
} as const;

/**
 * What the user's `credential-command` prints: a JSON object as in credential-set.ts. It is told the host that they
 * are for in `CODEARTS_HOOKS_HOST`, cannot ask anybody, and has ten seconds.
 */
export async function commandCredentials(argv: readonly string[], host: string, env: Env): Promise<Lookup> {
  const [file = '', ...args] = argv;
  // Its arguments may hold what is nobody's business.
  const source = `credential-command ${basename(file)}`;
  const answer = await askProgram(file, args, {
    env: { ...gitEnv(env), CODEARTS_HOOKS_HOST: host },
    cwd: '/',
    timeoutMs: TIME_LIMIT_MS,
  });
  if (answer.kind === 'none') return { kind: 'broken', reason: NO_ANSWER[answer.why](source) };
  const { exitCode, stdout } = answer;
  if (exitCode !== 0) return { kind: 'broken', reason: t`${source} ended with ${exitCode}` };
  return parseCredentials(source, stdout);
}
