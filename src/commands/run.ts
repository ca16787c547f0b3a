import { join } from 'node:path';
import { ExitCode } from '../core/exit-code.ts';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import { runAttached } from '../platform/spawn.ts';
import type { Run } from './define.ts';
import { readState } from './repository-state.ts';

const HOOKS = ['pre-push', 'post-push', 'post-receive', 'reference-transaction'];

/** `run <hook>`: for hook managers that call a program; the shim does the work. Never fails the hook. */
export const run: Run = async (args, _options, context) => {
  const [hook = '', ...rest] = args;
  if (!HOOKS.includes(hook)) {
    throw new UserError('usage', t`no shim for the hook ${hook}`, { hint: t`one of ${HOOKS.join(', ')}` });
  }
  const { stateDir, isInstalled } = await readState(context);
  if (isInstalled) await runAttached('/bin/sh', [join(stateDir, hook), ...rest], context.effects.env);
  return ExitCode.Ok;
};
