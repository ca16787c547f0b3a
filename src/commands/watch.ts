import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import type { Options, Run } from './define.ts';
import { readState } from './repository-state.ts';
import { takeAim } from './watch/aim.ts';
import { type WatchOptions, watchAll } from './watch/watch-all.ts';

/** `watch [<id>...]`: follows builds to their end; by default those of the last push. */
export const watch: Run = async (args, options, context) => {
  const how = watchOptions(options);
  const state = await readState(context);
  const aim = await takeAim(args, state.spools);
  if (aim) return await watchAll(aim, state, how, context);
  context.say(t`no push has been seen yet`);
  return ExitCode.Ok;
};

/** How `watch` and `push` follow. @throws {UserError} `usage` */
export function watchOptions({ json, log, timeout }: Options): WatchOptions {
  const seconds = timeout === undefined ? null : Number(timeout);
  if (seconds !== null && (!Number.isFinite(seconds) || seconds < 0)) {
    throw new UserError('usage', t`--timeout takes seconds, not ${String(timeout)}`, {
      hint: 'codearts-hooks watch --timeout 600',
    });
  }
  return { isJson: json === true, hasLog: log === true, timeoutMs: seconds === null ? null : seconds * 1000 };
}
