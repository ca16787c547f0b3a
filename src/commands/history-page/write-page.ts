import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { hasCode, lstat, open, orNull, realpath, stat, writeAtomic } from '../../platform/files.ts';
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
    await writeTo(path, page);
  } catch (error) {
    const code = CODES.find((each) => hasCode(error, each));
    if (code === undefined) throw error;
    throw new UserError('usage', t`${path} cannot be written (${code})`, {
      hint: hintFor(code, path),
      cause: error,
    });
  }
  context.say(t`written: ${path}`);
}

/** What is wrong with a path, a disk or a device, and not with us. */
const CODES = [
  'EACCES',
  'EDQUOT',
  'EIO',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'ENXIO',
  'EPERM',
  'EPIPE',
  'EROFS',
];

function hintFor(code: string, path: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return t`make room on that disk, or name a file on another`;
  if (code === 'ENOENT') return t`make the folder ${dirname(path)}, or name a file in another`;
  return 'codearts-hooks history --html history.html';
}

/** A link keeps its place, a file its mode; what is no file, a pipe or a device, stays what it is. */
async function writeTo(path: string, text: string): Promise<void> {
  const info = await orNull(stat(path));
  if (info?.isFile()) {
    await writeAtomic(await realpath(path), text, { mode: info.mode & 0o777 });
  } else if (info === null && (await orNull(lstat(path))) === null) {
    await writeAtomic(path, text, { mode: 0o644 });
  } else {
    // Also through a link to a file that is not there yet.
    const handle = await open(path, 'w', 0o644);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  }
}
