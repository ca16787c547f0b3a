import { createTwoFilesPatch } from 'diff';
import { relative } from 'node:path';
import { ExitCode } from '../core/exit-code.ts';
import { type PackageManager, planRootScript } from '../install/root-script.ts';
import { writeAtomic } from '../platform/files.ts';
import { findRepository } from '../platform/repository.ts';
import type { CommandContext, Run } from './define.ts';

const ADD: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install --save-dev codearts-hooks',
  pnpm: 'pnpm add --save-dev codearts-hooks',
  yarn: 'yarn add --dev codearts-hooks',
  'yarn-berry': 'yarn add --dev codearts-hooks',
  bun: 'bun add --dev codearts-hooks',
};

/** `init`: prepares a repository for its team. So far what `--prepare` says: the script in the root package.json. */
export const init: Run = async (_args, options, context) => {
  const repository = await findRepository(context.directory, context.effects.env);
  return await writeRootScript(
    repository.workTree ?? repository.gitDir,
    { isDryRun: options['dryRun'] === true },
    context,
  );
};

/** Adds the script to the root package.json by which every clone is set up; says what is left to do. */
export async function writeRootScript(
  top: string,
  { isDryRun }: { readonly isDryRun: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const plan = await planRootScript(context.directory, top);
  if ('why' in plan) {
    if (plan.why === 'no-package') {
      context.say('there is no package.json: in each clone, run npx codearts-hooks install once');
      return ExitCode.Ok;
    }
    const why =
      plan.why === 'not-json'
        ? 'is not valid JSON'
        : 'is not private: yarn would run the script for those who install the package, too';
    context.say(`${context.paintError('yellow', 'warning:')} ${plan.path} ${why}`);
    context.say('  in each clone, run npx codearts-hooks install once');
    return ExitCode.Failed;
  }
  const { path, text, wanted, script, manager, isDependency } = plan;
  const name = relative(top, path);
  if (isDryRun) {
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, text, wanted, undefined, undefined, {
      context: 3,
    });
    context.print(text === wanted ? '# nothing to do: all is in place\n' : patch.replace(/^=+\n/, ''));
    return ExitCode.Ok;
  }
  if (text !== wanted) await writeAtomic(path, wanted, { mode: 0o644 });
  const done =
    text === wanted ? 'has the script already' : `has a script ${script} now: it sets up every clone`;
  context.say(`${context.paintError('green', '✓')} ${name} ${done}`);
  if (!isDependency) context.say(`next: ${ADD[manager]}`);
  if (text !== wanted || !isDependency) context.say(`next: commit ${name} and the lock file`);
  return ExitCode.Ok;
}
