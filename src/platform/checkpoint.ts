import { writeFileSync } from 'node:fs';

declare const __CHECKPOINTS__: boolean;

/**
 * A step before or after a change to the outside world. A build for tests may be killed there (SIGKILL), or find the
 * disk full: what is promised must hold at each of them. The product has none: the bundler takes them out.
 *
 * @throws in such a build, the error of the failing system call
 */
export function checkpoint(step: string): void {
  if (__CHECKPOINTS__) pass(step);
}

/** What a build for tests is to do, by its environment. */
interface Plan {
  /** Dies at the n-th checkpoint of its life, and says so in the file `log`; or gets another signal. */
  readonly crashAt: number;
  readonly signal: string;
  /** Dies at each checkpoint with that chance. */
  readonly crashChance: number;
  /** From the n-th on nothing can be written any more. */
  readonly failAt: number;
  readonly failWith: string;
  readonly log: string | null;
}

let passed = 0;
let plan: Plan | null = null;

function pass(step: string): void {
  plan ??= planOf(process.env);
  passed += 1;
  const isEnd = passed === plan.crashAt || Math.random() < plan.crashChance;
  const isFailing = passed >= plan.failAt && step !== 'send';
  if (plan.log !== null && (isEnd || passed === plan.failAt)) writeFileSync(plan.log, `${passed} ${step}\n`);
  if (isEnd) process.kill(process.pid, plan.signal);
  if (isFailing) {
    throw Object.assign(new Error(`${plan.failWith}: made to fail at ${step}`), { code: plan.failWith });
  }
}

function planOf(env: NodeJS.ProcessEnv): Plan {
  return {
    crashAt: Number(env['CODEARTS_HOOKS_CRASH_AT'] ?? 0),
    signal: env['CODEARTS_HOOKS_CRASH_SIGNAL'] ?? 'SIGKILL',
    crashChance: Number(env['CODEARTS_HOOKS_CRASH_CHANCE'] ?? 0),
    failAt: Number(env['CODEARTS_HOOKS_FAIL_AT'] ?? Number.POSITIVE_INFINITY),
    failWith: env['CODEARTS_HOOKS_FAIL_WITH'] ?? 'ENOSPC',
    log: env['CODEARTS_HOOKS_CHECKPOINT_LOG'] ?? null,
  };
}
