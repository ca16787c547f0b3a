import { relative } from 'node:path';
import { ExitCode } from '../../core/exit-code.ts';
import { t } from '../../core/translate.ts';
import { type NoRootScript, type PackageManager, planRootScript } from '../../install/root-script.ts';
import { writeAtomic } from '../../platform/files.ts';
import type { CommandContext } from '../define.ts';
import { filePatch } from '../file-patch.ts';
import { warning } from '../warning.ts';

/** How each package manager makes ours one of the project's packages. */
export const ADD: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install --save-dev codearts-hooks',
  pnpm: 'pnpm add --save-dev codearts-hooks',
  yarn: 'yarn add --dev codearts-hooks',
  'yarn-berry': 'yarn add --dev codearts-hooks',
  bun: 'bun add --dev codearts-hooks',
};

/** Adds the script to the root package.json by which every clone is set up; says what is left to do. */
export async function writeRootScript(
  top: string,
  { isDryRun }: { readonly isDryRun: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const plan = await planRootScript(context.directory, top);
  if ('why' in plan) {
    tellWhyNone(plan, context);
    return plan.why === 'no-package' ? ExitCode.Ok : ExitCode.Failed;
  }
  const { path, text, wanted, script, manager, isDependency } = plan;
  const name = relative(top, path);
  if (isDryRun) {
    context.print(
      text === wanted ? `${t`# nothing to do: all is in place`}\n` : filePatch(name, text, wanted),
    );
    return ExitCode.Ok;
  }
  if (text !== wanted) await writeAtomic(path, wanted, { mode: 0o644 });
  const done =
    text === wanted
      ? t`${name} has the script already`
      : t`${name} has a script ${script} now: it sets up every clone`;
  context.say(`${context.paintError('green', '✓')} ${done}`);
  if (!isDependency) context.say(t`next: ${ADD[manager]}`);
  if (text !== wanted || !isDependency) context.say(t`next: commit ${name} and the lock file`);
  return ExitCode.Ok;
}

/** Why no package.json can set up every clone, and what does it. */
export function tellWhyNone({ why, path }: NoRootScript, context: CommandContext): void {
  if (why === 'no-package') {
    context.say(t`there is no package.json: in each clone, run npx codearts-hooks install once`);
    return;
  }
  const sentence =
    why === 'not-json'
      ? t`${path ?? ''} is not valid JSON`
      : t`${path ?? ''} is not private: yarn would run the script for those who install the package, too`;
  context.say(warning(sentence, context));
  context.say(`  ${t`in each clone, run npx codearts-hooks install once`}`);
}
