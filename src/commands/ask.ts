import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Answer, Question } from '../event/question.ts';
import { runRunner, startRunner } from '../platform/runner-process.ts';
import type { CommandContext } from './define.ts';
import type { RepositoryState } from './repository-state.ts';

/**
 * Has the runner do something to the queue, and gives what it answered.
 *
 * @throws {UserError} `delivery-failed`
 */
export async function ask(
  question: Question,
  { stateDir }: RepositoryState,
  { effects }: CommandContext,
): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runRunner(stateDir, ['ask'], {
    env: effects.env,
    stdin: JSON.stringify(question),
  });
  if (exitCode !== 0) {
    throw new UserError('delivery-failed', t`the queue could not be changed: ${stderr.trim()}`, {
      hint: t`see ${stateDir}/log`,
    });
  }
  return JSON.parse(stdout);
}

/** The same for what changes events: an `Answer` for each of them. */
export async function askForEvents(
  question: Exclude<Question, { kind: 'trigger' }>,
  state: RepositoryState,
  context: CommandContext,
): Promise<readonly Answer[]> {
  return (await ask(question, state, context)) as readonly Answer[];
}

/** What waits is delivered in the background, as after a push. */
export async function deliverInBackground(
  { stateDir, repository }: RepositoryState,
  { effects }: CommandContext,
): Promise<void> {
  await startRunner(stateDir, ['flush', repository.workTree ?? repository.gitDir, '900000'], effects.env);
}
