import { t } from '../../core/translate.ts';
import type { CommandContext } from '../define.ts';
import { filePatch } from '../file-patch.ts';
import type { FileChange, FilePlan } from './plan-files.ts';
import { ADD, tellWhyNone } from './prepare-script.ts';

/** What is going to be done, before it is. */
export interface Outline {
  readonly files: FilePlan;
  readonly isInstalled: boolean;
  readonly isApproving: boolean;
  /** Whether credentials were stored on the way. */
  readonly isLoginNew: boolean;
}

/** The changes of files as a diff, coloured where the output is. */
export function filesDiff({ changes }: FilePlan, { paint }: Pick<CommandContext, 'paint'>): string {
  return changes
    .map(({ name, before, after }) => filePatch(name, before, after))
    .join('')
    .replaceAll(/^[+-].*$/gm, (line) => paint(line.startsWith('+') ? 'green' : 'red', line));
}

/** Tells what is going to be done besides the files. */
export function tellOutline({ isInstalled, isApproving }: Outline, context: CommandContext): void {
  if (!isInstalled)
    context.say(t`then: the hooks are installed in .git, so that every git push starts its builds`);
  if (isApproving) context.say(t`then: the jobs are approved, to be started from this machine`);
}

/** Tells that a file was written, with what takes it back. */
export function tellWritten({ shown, before, undo }: FileChange, context: CommandContext): void {
  const mark = context.paintError('green', '✓');
  context.say(before === null ? t`${mark} wrote ${shown}` : t`${mark} changed ${shown}`);
  context.say(context.paintError('dim', `  ${t`undo: ${undo}`}`));
}

/** Tells what takes the rest back, and what is left to do. */
export function tellDone(
  { files, isInstalled, isApproving, isLoginNew }: Outline,
  context: CommandContext,
): void {
  const { root } = files;
  const others = [
    ...(isInstalled ? [] : [t`undo the hooks: codearts-hooks uninstall`]),
    ...(isApproving ? [t`undo the approval: codearts-hooks trust --revoke`] : []),
    ...(isLoginNew ? [t`undo the login: codearts-hooks logout`] : []),
  ];
  for (const sentence of others) context.say(context.paintError('dim', `  ${sentence}`));
  if (root !== null && 'why' in root) tellWhyNone(root, context);
  if (root !== null && 'manager' in root && !root.isDependency) context.say(t`next: ${ADD[root.manager]}`);
}

/** The last words: what makes it work, here and for everybody. @param lacksLogin whether there are no credentials yet */
export function tellNext({ files }: Outline, lacksLogin: boolean, context: CommandContext): void {
  if (lacksLogin) context.say(t`next: ${'codearts-hooks login'}`);
  const names = files.changes.map(({ shown }) => shown).join(' ');
  if (names !== '') context.say(t`next: git add ${names} && git commit, then git push`);
  else context.say(t`next: git push`);
}
