import { lintPatterns } from '../../config/lint-patterns.ts';
import { t } from '../../core/translate.ts';
import type { Git } from '../../platform/git.ts';
import type { Asker } from './asker.ts';
import type { Wishes } from './wishes.ts';

/** Which pushes start the job, in the keys of the config; a key that is not there leaves the default. */
export interface Rules {
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly paths?: readonly string[];
}

/**
 * The rules of a job: what was said, else the main branch alone, which is asked about where somebody can be asked.
 */
export async function chooseRules(
  git: Git,
  { branches, tags, paths }: Pick<Wishes, 'branches' | 'tags' | 'paths'>,
  asker: Asker | null,
): Promise<Rules> {
  const isSaid = branches !== null || tags !== null;
  const main = await mainBranch(git);
  // A job with tags alone is for tags alone.
  const chosen = branches ?? (isSaid ? null : asker ? await askBranches(main, asker) : [main]);
  const chosenTags = tags ?? (asker && !isSaid ? await askTags(asker) : null);
  return saidRules({ branches: chosen, tags: chosenTags, paths });
}

/** What was said, as the config has it. */
export function saidRules({ branches, tags, paths }: Pick<Wishes, 'branches' | 'tags' | 'paths'>): Rules {
  return {
    ...(branches === null ? {} : { branches }),
    ...(tags === null ? {} : { tags }),
    ...(paths === null ? {} : { paths }),
  };
}

/** What the remote calls its main branch, else the branch that is checked out. */
async function mainBranch(git: Git): Promise<string> {
  const head = await git.run(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (head.exitCode === 0) return head.stdout.trim().replace(/^origin\//, '');
  const current = await git.run(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return current.exitCode === 0 ? current.stdout.trim() : 'main';
}

async function askBranches(main: string, asker: Asker): Promise<readonly string[]> {
  const chosen = await asker.select(t`Pushes of which branches start it?`, [
    { value: 'main', label: t`${main} alone` },
    { value: 'release', label: t`${main} and release/**` },
    { value: 'every', label: t`every branch` },
    { value: 'other', label: t`others: I type them` },
  ]);
  if (chosen === 'main') return [main];
  if (chosen === 'release') return [main, 'release/**'];
  return chosen === 'every' ? ['**'] : await askPatterns('branches', `${main}, feature/**`, asker);
}

/** @returns null: none */
async function askTags(asker: Asker): Promise<readonly string[] | null> {
  const chosen = await asker.select(t`And tags?`, [
    { value: 'none', label: t`no tag` },
    { value: 'versions', label: t`tags like v1.2.0` },
    { value: 'every', label: t`every tag` },
    { value: 'other', label: t`others: I type them` },
  ]);
  if (chosen === 'none') return null;
  if (chosen === 'versions') return ['v*'];
  return chosen === 'every' ? ['**'] : await askPatterns('tags', 'v*, !*-beta', asker);
}

async function askPatterns(key: 'branches' | 'tags', example: string, asker: Asker): Promise<string[]> {
  const patterns = (text: string): string[] =>
    text
      .split(',')
      .map((pattern) => pattern.trim())
      .filter(Boolean);
  const text = await asker.text(t`Patterns as in GitHub Actions, with commas between them`, {
    example,
    problemOf: (typed) => {
      const found = patterns(typed);
      if (found.length === 0) return t`type at least one, for example ${example}`;
      return lintPatterns(key, found)[0]?.message ?? null;
    },
  });
  return patterns(text);
}
