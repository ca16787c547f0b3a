import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import { trigger } from '../trigger.ts';
import { note } from '../warning.ts';
import type { Asker } from './asker.ts';

/** Offers to show the request that a push would send; nothing is sent. */
export async function offerDryRun(
  { git }: RepositoryState,
  job: string | null,
  asker: Asker,
  context: CommandContext,
): Promise<void> {
  const { exitCode } = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (exitCode !== 0) return; // nothing has been committed: there is nothing to build
  try {
    if (!(await asker.confirm(t`Show what a push would send now? Nothing is sent`, true))) return;
    await trigger([], { dryRun: true, ...(job === null ? {} : { job }) }, context);
  } catch (error) {
    // All is set up: neither Ctrl-C nor a request that cannot be shown undoes it.
    if (!(error instanceof UserError)) throw error;
    if (error.code === 'interrupted') return;
    context.say(note(error.message, context));
  }
}
