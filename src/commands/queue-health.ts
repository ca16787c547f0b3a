import { t } from '../core/translate.ts';
import { checkSpool } from '../spool/health.ts';
import type { RepositoryState } from './repository-state.ts';

/** What is wrong with the queue's files, a sentence each, with what to do about it. */
export async function queueProblems({ spools }: Pick<RepositoryState, 'spools'>): Promise<string[]> {
  const sentences: string[] = [];
  for (const spool of spools) {
    const { unwritable, unreadable, quarantined } = await checkSpool(spool);
    const [folder] = unwritable;
    const [file] = unreadable;
    const remedy = `sudo chown -R "$(id -un)" '${spool.root}'`;
    if (folder !== undefined) {
      sentences.push(
        t`${folder} belongs to another user (root, after sudo git push?), and nothing can be queued: ${remedy}`,
      );
    }
    if (file !== undefined) sentences.push(unreadableSentence(unreadable.length, file, remedy));
    if (quarantined.length > 0) sentences.push(damagedSentence(quarantined.length, `${spool.root}/bad`));
  }
  return sentences;
}

function unreadableSentence(count: number, file: string, remedy: string): string {
  return count === 1
    ? t`1 file belongs to another user (root, after sudo git push?), and cannot be read: ${file}; ${remedy}`
    : t`${count} files belong to another user (root, after sudo git push?), and cannot be read: ${file}; ${remedy}`;
}

function damagedSentence(count: number, folder: string): string {
  return count === 1
    ? t`1 damaged file was put aside in ${folder}; look at them, then remove them`
    : t`${count} damaged files were put aside in ${folder}; look at them, then remove them`;
}
