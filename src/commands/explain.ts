import { isTrusted } from '../config/trust.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { judgePush } from '../event/judge-push.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { explainedUpdate } from './explained-update.ts';
import { explanationText } from './explanation-text.ts';
import { explanationRows } from './explanation.ts';
import { type RepositoryState, readState, wantConfig } from './repository-state.ts';
import { placeRules } from './rule-places.ts';

/** `explain [<range>]`: which rules match this push, and why the others do not. Changes and sends nothing. */
export const explain: Run = async (args, options, context) => {
  const state = await readState(context);
  const config = wantConfig(state);
  const remote = typeof options['remote'] === 'string' ? options['remote'] : null;
  const update = await explainedUpdate(args[0] ?? null, remote, state);
  const { remote: to, url } = update;
  const choice = await judgePush(
    { ...state, commonDir: state.repository.commonDir },
    { update, siblings: [update], remote: to, url },
    config,
  );
  const rows = explanationRows(choice, update, {
    jobs: config.jobs,
    placeOf: await placeRules(choice, config.jobs, state),
  });
  if (options['json'] === true) {
    printJson(
      rows.map(({ job, ref, matches, rule, reason }) => ({ job, ref, matches, rule, reason })),
      context,
    );
    return ExitCode.Ok;
  }
  context.print(explanationText(rows, { update, choice }, context));
  if (rows.some(({ matches }) => matches)) await sayWhatKeepsIt(state, context);
  return ExitCode.Ok;
};

/** Rules are not all that it takes to start a build. */
async function sayWhatKeepsIt(
  { isInstalled, settings, endpoint, subject }: RepositoryState,
  { say, effects }: CommandContext,
): Promise<void> {
  if (!isInstalled) say(t`note: not installed here, a push starts nothing; run codearts-hooks install`);
  if (!settings.isEnabled) say(t`note: turned off here by git config codearts-hooks.enabled`);
  if (endpoint.kind === 'none') say(t`note: ${endpoint.reason}; set "region" in codearts-hooks.json`);
  if (subject && !(await isTrusted(subject, effects.env)))
    say(t`note: the jobs are not approved here, triggers wait; run codearts-hooks trust`);
}
