declare const __CHECKPOINTS__: boolean;

// Only builds for tests have checkpoints; the bundler takes all of this out of the product.
const IS_COUNTED = __CHECKPOINTS__;
let passed = 0;

/** What a build for tests does at a checkpoint, by its environment; null: nothing. */
interface Plan {
  /** `CRASH_AT=n`: dies at the n-th checkpoint of its life. `CRASH_CHANCE=p`: at each with that chance. */
  readonly crashAt: number;
  readonly crashChance: number;
  /** `FAIL_AT=n`, `FAIL_WITH=ENOSPC`: from the n-th on nothing can be written any more. */
  readonly failAt: number;
  readonly failWith: string;
}

let plan: Plan | null = null;

function planOf(env: NodeJS.ProcessEnv): Plan {
  return {
    crashAt: Number(env['CODEARTS_HOOKS_CRASH_AT'] ?? 0),
    crashChance: Number(env['CODEARTS_HOOKS_CRASH_CHANCE'] ?? 0),
    failAt: Number(env['CODEARTS_HOOKS_FAIL_AT'] ?? Number.POSITIVE_INFINITY),
    failWith: env['CODEARTS_HOOKS_FAIL_WITH'] ?? 'ENOSPC',
  };
}

/**
 * A step between two changes to the outside world, where a build for tests may be killed (SIGKILL) or find the
 * disk full: what is promised must hold at each of them.
 *
 * @throws in such a build, the error of the failing system call
 */
export function checkpoint(step: string): void {
  if (!IS_COUNTED) return;
  plan ??= planOf(process.env);
  passed += 1;
  if (passed === plan.crashAt || Math.random() < plan.crashChance) process.kill(process.pid, 'SIGKILL');
  if (passed >= plan.failAt && step !== 'send') {
    throw Object.assign(new Error(`${plan.failWith}: made to fail at ${step}`), { code: plan.failWith });
  }
}

/** Says on standard error how many checkpoints this run has passed; in a build for tests alone. */
export function tellCheckpoints(): void {
  if (!IS_COUNTED) return;
  process.stderr.write(`checkpoints ${passed}\n`);
}
