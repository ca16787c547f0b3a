import { dirname, relative } from 'node:path';
import { t } from '../core/translate.ts';
import { previewConfig } from '../install/config-layer.ts';
import { stateDirOf } from '../install/layout.ts';
import type { Action, Plan } from '../install/plan.ts';
import type { Repository } from '../platform/repository.ts';
import type { CommandContext } from './define.ts';
import { filePatch } from './file-patch.ts';

/**
 * What a plan would change, as a unified diff with git's extended headers. Of our own folder, a program of
 * half a megabyte, there is one line, as a comment.
 */
export async function planDiff(plan: Plan, repository: Repository, context: CommandContext): Promise<string> {
  const root = repository.workTree ?? dirname(repository.commonDir);
  const name = (path: string) => relative(root, path);
  const stateDir = stateDirOf(repository);
  const isOwn = (path: string) => !relative(stateDir, path).startsWith('..');
  const own = plan.actions.filter((action) => action.kind === 'write' && isOwn(action.path));
  const parts: string[] = [];
  if (plan.actions.length === 0) parts.push(`${t`# nothing to do: all is in place`}\n`);
  if (own.length > 0) parts.push(`${t`# ${name(stateDir)}: ${own.length} files of codearts-hooks itself`}\n`);
  const settings = plan.actions.filter((action) => action.kind === 'configure');
  if (settings.length > 0) {
    const { path, before, after } = await previewConfig(settings, repository, context.effects.env);
    parts.push(filePatch(name(path), before, after));
  }
  for (const action of plan.actions)
    if (!('path' in action && isOwn(action.path))) parts.push(partOf(action, name));
  return parts.map((part) => coloured(part, context)).join('');
}

function partOf(action: Action, name: (path: string) => string): string {
  switch (action.kind) {
    case 'write':
      return filePatch(name(action.path), action.before, action.text);
    case 'keep': {
      const [from, to] = [name(action.path), name(action.as)];
      return `diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;
    }
    case 'remove':
      return `${t`# remove ${name(action.path)}`}\n`;
    case 'make-folder':
      return `${t`# make the folder ${name(action.path)}`}\n`;
    case 'configure':
      return ''; // shown as one change of the file
  }
}

function coloured(part: string, { paint }: CommandContext): string {
  return part.replaceAll(/^[+-].*$/gm, (line) => paint(line.startsWith('+') ? 'green' : 'red', line));
}
