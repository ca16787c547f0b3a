import { basename, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { hasCode, writeAtomic } from '../../platform/files.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import type { TrackedRow } from '../rows.ts';
import { pageModel } from './model.ts';
import { historyPage } from './page.ts';
import { readEnds } from './read-ends.ts';

/** Writes the page of these rows to a file, `-` for standard output. @throws {UserError} `usage` */
export async function writePage(
  file: string,
  tracked: readonly TrackedRow[],
  { state, context }: { readonly state: RepositoryState; readonly context: CommandContext },
): Promise<void> {
  const { ends, problem } = await readEnds(tracked, state, context);
  if (problem !== null) context.say(t`how the builds have ended is not told: ${problem}`);
  const { repository } = state;
  const page = historyPage(
    pageModel(tracked, {
      repository: basename(repository.workTree ?? repository.commonDir),
      madeAt: new Date(context.effects.clock.now()).toISOString(),
      ends,
    }),
  );
  if (file === '-') {
    context.print(page);
    return;
  }
  const path = resolve(context.directory, file);
  try {
    await writeAtomic(path, page, { mode: 0o644 });
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EISDIR')) throw error;
    throw new UserError('usage', t`${path} cannot be written`, {
      hint: 'codearts-hooks history --html history.html',
      cause: error,
    });
  }
  context.say(t`written: ${path}`);
}
