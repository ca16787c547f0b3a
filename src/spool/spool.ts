import { join } from 'node:path';
import { STATE_FOLDERS } from '../core/state-folders.ts';
import { t } from '../core/translate.ts';
import { access, constants, hasCode, makeFolder, tryReadText, writeAtomic } from '../platform/files.ts';

/** The spool of a repository: one file an event, the folder `codearts-hooks` of delivery.md section 1.3. */
export interface Spool {
  readonly root: string;
}

/** A spool that a newer version of this program has made: this one must not touch what it does not know. */
export class SpoolVersionError extends Error {
  override readonly name = 'SpoolVersionError';

  constructor(root: string, version: string) {
    super(
      t`the queue in ${root} is of version ${version}, which this codearts-hooks does not know: install a newer one`,
    );
  }
}

const VERSION = '1';

/**
 * Opens the spool in `root`, making what is missing of its folders.
 *
 * @throws {SpoolVersionError} when it is of another version; nothing has been changed then
 */
export async function openSpool(root: string): Promise<Spool> {
  await checkVersion(root);
  await makeFolder(root);
  await Promise.all(STATE_FOLDERS.map((folder) => makeFolder(join(root, folder))));
  if ((await versionOf(root)) === null) await writeAtomic(join(root, 'v'), `${VERSION}\n`);
  return { root };
}

/** @throws {SpoolVersionError} when the spool is of a version that this program does not know */
export async function checkVersion(root: string): Promise<void> {
  const version = await versionOf(root);
  if (version !== null && version !== VERSION) throw new SpoolVersionError(root, JSON.stringify(version));
}

async function versionOf(root: string): Promise<string | null> {
  const text = await tryReadText(join(root, 'v'), 64);
  return text === null || text.trim() === '' ? null : text.trim();
}

/** The folders of a spool that this user cannot write to: made by root (`sudo git push`), say. */
export async function unwritableFolders({ root }: Spool): Promise<string[]> {
  const checked = await Promise.all(
    ['.', ...STATE_FOLDERS].map(async (folder) => {
      const path = join(root, folder);
      try {
        await access(path, constants.W_OK | constants.X_OK);
        return [];
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return [];
        if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ELOOP')) return [path];
        throw error;
      }
    }),
  );
  return checked.flat();
}
