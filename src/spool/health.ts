import { join } from 'node:path';
import { access, constants, hasCode, listNames } from '../platform/files.ts';
import { listSlips } from './shelves.ts';
import { type Spool, unwritableFolders } from './spool.ts';

/** What of a spool is not as it should be; all empty when all is well. */
export interface SpoolHealth {
  /** Folders that this user cannot write to. */
  readonly unwritable: readonly string[];
  /** Files of events and notes that this user cannot read: of root, after `sudo git push`. */
  readonly unreadable: readonly string[];
  /** Files that were put aside because they were damaged, or none of ours. */
  readonly quarantined: readonly string[];
}

/** Looks through the files of a spool. */
export async function checkSpool(spool: Spool): Promise<SpoolHealth> {
  const slips = await listSlips(spool);
  const events = slips.map(({ shelf, name }) => join(spool.root, shelf, name));
  const notes = await Promise.all(
    ['notes', 'in'].map(async (folder) =>
      (await listNames(join(spool.root, folder))).map((name) => join(spool.root, folder, name)),
    ),
  );
  const checked = await Promise.all([...events, ...notes.flat()].map(unreadable));
  const bad = await listNames(join(spool.root, 'bad'));
  return {
    unwritable: await unwritableFolders(spool),
    unreadable: checked.filter((path) => path !== null),
    quarantined: bad.map((name) => join(spool.root, 'bad', name)),
  };
}

/** Null when it can be read, or is gone by now; else the path. */
async function unreadable(path: string): Promise<string | null> {
  try {
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (hasCode(error, 'EACCES', 'EPERM', 'ELOOP')) return path;
    throw error;
  }
}
