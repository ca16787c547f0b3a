import { checkSpool } from '../spool/health.ts';
import type { RepositoryState } from './repository-state.ts';

/** What is wrong with the queue's files, a sentence each, with what to do about it. */
export async function queueProblems({ spools }: Pick<RepositoryState, 'spools'>): Promise<string[]> {
  const sentences: string[] = [];
  for (const spool of spools) {
    const { unwritable, unreadable, quarantined } = await checkSpool(spool);
    const [folder] = unwritable;
    const [file] = unreadable;
    const other = 'another user (root, after sudo git push?)';
    const remedy = `sudo chown -R "$(id -un)" '${spool.root}'`;
    if (folder !== undefined)
      sentences.push(`${folder} belongs to ${other}, and nothing can be queued: ${remedy}`);
    if (file !== undefined) {
      const count = unreadable.length === 1 ? '1 file belongs' : `${unreadable.length} files belong`;
      sentences.push(`${count} to ${other}, and cannot be read: ${file}; ${remedy}`);
    }
    if (quarantined.length > 0) {
      const count =
        quarantined.length === 1 ? '1 damaged file was' : `${quarantined.length} damaged files were`;
      sentences.push(`${count} put aside in ${spool.root}/bad; look at them, then remove them`);
    }
  }
  return sentences;
}
