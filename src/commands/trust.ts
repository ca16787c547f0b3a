import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { whyInvalid } from '../config/problem-text.ts';
import { approve, isTrusted, lastApproved, revoke } from '../config/trust.ts';
import { t, translated } from '../core/translate.ts';
import { originOf } from '../push/settings.ts';
import { holdWaiting } from '../spool/hold-waiting.ts';
import { startRunner } from '../platform/runner-process.ts';
import { askToApprove, subjectLines } from './approve.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { warning } from './warning.ts';

/** `trust`: shows what this repository's config would start, and approves it. */
export const trust: Run = async (_args, options, context) => {
  const state = await readState(context);
  const { env, isInteractive } = context.effects;
  if (options['revoke'] === true) {
    await takeBack(state, context);
    return ExitCode.Ok;
  }
  const subject = wantSubject(state);
  const isYes = options['yes'] === true;
  if (options['json'] === true && !isYes) {
    const trusted = await isTrusted(subject, env);
    const approved = trusted ? subject : await lastApproved(subject.origin, env);
    printJson({ ...subject, trusted, approved }, context);
    return ExitCode.Ok;
  }
  if (await isTrusted(subject, env)) {
    await tell(state, t`approved already`, context);
    return ExitCode.Ok;
  }
  if (!isYes && !isInteractive) {
    for (const line of await subjectLines(subject, env)) context.say(line);
    throw new UserError('untrusted', t`not approved yet, and there is no terminal to ask on`, {
      hint: 'codearts-hooks trust --yes',
    });
  }
  if (isYes) for (const line of await subjectLines(subject, env)) context.say(line);
  const isApproved = isYes ? await approve(subject, env) : await askToApprove(subject, context);
  if (!isApproved) return ExitCode.Authentication;
  context.say(`${context.paintError('green', '✓')} ${t`approved`}`);
  // What was held for this goes out now.
  if (state.isInstalled)
    await startRunner(state.stateDir, ['flush', state.repository.workTree ?? '', '0'], env);
  return ExitCode.Ok;
};

async function takeBack(state: RepositoryState, context: CommandContext): Promise<void> {
  const { env, clock } = context.effects;
  const count = await revoke(originOf(state.settings, state.repository.commonDir), env);
  context.say(count === 0 ? t`nothing was approved` : t`no longer approved: pushes wait`);
  if (state.subject && (await isTrusted(state.subject, env))) {
    context.say(t`it still counts as approved, by CODEARTS_HOOKS_TRUST or your trusted-projects`);
    return;
  }
  for (const spool of state.spools) {
    if (await holdWaiting(spool, clock)) continue;
    context.say(warning(t`the queue is busy, so what waits in it may still be sent; try again`, context));
  }
}

function wantSubject({ subject, loaded }: RepositoryState) {
  if (subject) return subject;
  if (loaded.path === null) {
    throw new UserError('config-missing', t`there is no codearts-hooks.json to approve`, {
      hint: 'codearts-hooks init',
    });
  }
  throw new UserError('config-invalid', translated(whyInvalid(loaded)), {
    hint: t`mend it, then run codearts-hooks trust again`,
  });
}

async function tell({ subject }: RepositoryState, what: string, context: CommandContext): Promise<void> {
  if (subject) for (const line of await subjectLines(subject, context.effects.env)) context.say(line);
  context.say(`${context.paintError('green', '✓')} ${what}`);
}
