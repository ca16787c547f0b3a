import { join } from 'node:path';
import { fallbackSpool } from '../config/registry.ts';
import type { Effects } from '../platform/effects.ts';
import { hasCode, orNull, removeFile, stat, writeAtomic } from '../platform/files.ts';
import { type Spool, openSpool, unwritableFolders } from '../spool/spool.ts';
import type { RunnerArguments } from './arguments.ts';
import { commonDirOf } from './run-context.ts';

/**
 * The spools to work on: the repository's own; and the one of last resort, in the user's state folder, when the
 * shim could not write to the first, or something is left in the second.
 */
export async function openSpools(
  stateDir: string,
  args: RunnerArguments,
  { env }: Pick<Effects, 'env'>,
): Promise<Spool[]> {
  const { own, handedOver, mode } = args;
  const fallback = fallbackSpool(commonDirOf(stateDir), env);
  const isWritable = await canUse(stateDir, handedOver !== null);
  const isUsed = fallback !== null && (await orNull(stat(fallback))) !== null;
  const spools: Spool[] = [];
  if (isWritable) spools.push(await openSpool(stateDir));
  if (fallback !== null && (isUsed || (handedOver !== null && !isWritable))) {
    spools.push(await openSpool(fallback));
  }
  const [first] = spools;
  if (first && own !== null && handedOver !== null) {
    await writeAtomic(join(first.root, mode === 'in' ? 'in' : 'notes', own), handedOver);
  }
  return spools;
}

/** Whether the spool can be written to. Only after a shim could not is the disk itself tried. */
async function canUse(root: string, isDoubtful: boolean): Promise<boolean> {
  if ((await unwritableFolders({ root })).length > 0) return false;
  if (!isDoubtful) return true;
  const probe = join(root, 'probe');
  try {
    await writeAtomic(probe, 'can this be written?');
    await removeFile(probe);
    return true;
  } catch (error) {
    if (hasCode(error, 'EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT')) return false;
    throw error;
  }
}
