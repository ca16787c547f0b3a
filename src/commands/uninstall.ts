import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { uninstall } from '../install/uninstall.ts';
import { rm } from '../platform/files.ts';
import type { CommandContext, Run } from './define.ts';
import { openPrompts } from './prompts.ts';
import { warning } from './warning.ts';
import { readState } from './repository-state.ts';
import { readRows } from './rows.ts';

/** `uninstall`: takes everything of ours out of this repository. */
export const uninstallCommand: Run = async (_args, options, context) => {
  const { repository, isInstalled, spools } = await readState(context);
  const place = repository.workTree ?? repository.gitDir;
  if (!isInstalled) {
    context.say(t`codearts-hooks is not installed in ${place}`);
    return ExitCode.Ok;
  }
  const waiting = (await readRows(spools)).filter(({ state }) =>
    ['unconfirmed', 'queued', 'sending', 'ambiguous', 'held'].includes(state),
  );
  if (waiting.length > 0 && options['force'] !== true && !(await mayDrop(waiting.length, context))) {
    const what =
      waiting.length === 1
        ? t`1 trigger has not been delivered and would be lost`
        : t`${waiting.length} triggers have not been delivered and would be lost`;
    throw new UserError('pending-events', what, {
      hint: t`codearts-hooks flush, or codearts-hooks uninstall --force`,
    });
  }
  for (const { ref, after } of waiting) context.say(t`dropped: ${ref} ${after}`);
  const leftOut = await uninstall(repository, context.effects);
  for (const { root } of spools.slice(1)) await rm(root, { recursive: true, force: true });
  for (const sentence of leftOut) context.say(warning(sentence, context));
  context.say(`${context.paintError('green', '✓')} ${t`codearts-hooks is out of ${place}`}`);
  return ExitCode.Ok;
};

async function mayDrop(count: number, context: CommandContext): Promise<boolean> {
  const { effects, isQuiet } = context;
  if (!effects.isInteractive || isQuiet) return false;
  const { confirm } = await openPrompts(context);
  const question =
    count === 1
      ? t`Drop 1 trigger that has not been delivered?`
      : t`Drop ${count} triggers that have not been delivered?`;
  return (await confirm(question, false)) === true;
}
