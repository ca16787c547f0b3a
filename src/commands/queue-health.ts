import { t } from '../core/translate.ts';
import { checkSpool } from '../spool/health.ts';
import type { Trouble } from './remedies.ts';
import type { RepositoryState } from './repository-state.ts';

/** What is wrong with the queue's files, with what to do about it. */
export async function queueProblems({ spools }: Pick<RepositoryState, 'spools'>): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const spool of spools) {
    const { unwritable, unreadable, quarantined } = await checkSpool(spool);
    const [folder] = unwritable;
    const [file] = unreadable;
    const remedy = `sudo chown -R "$(id -un)" '${spool.root}'`;
    if (folder !== undefined) troubles.push({ words: unwritableSentence(folder), remedy });
    if (file !== undefined) troubles.push({ words: unreadableSentence(unreadable.length, file), remedy });
    if (quarantined.length > 0) {
      const bad = `${spool.root}/bad`;
      const words = damagedSentence(quarantined.length, bad);
      troubles.push({ words, remedy: t`look at them, then remove them: ${bad}` });
    }
  }
  return troubles;
}

function unwritableSentence(folder: string): string {
  return t`${folder} belongs to another user (root, after sudo git push?), and nothing can be queued`;
}

function unreadableSentence(count: number, file: string): string {
  return count === 1
    ? t`1 file belongs to another user (root, after sudo git push?), and cannot be read: ${file}`
    : t`${count} files belong to another user (root, after sudo git push?), and cannot be read: ${file}`;
}

function damagedSentence(count: number, folder: string): string {
  return count === 1
    ? t`1 damaged file was put aside in ${folder}`
    : t`${count} damaged files were put aside in ${folder}`;
}
