import { listCommits } from '../../src/event/commits.ts';
import { oid } from '../fixtures/oid.ts';
import type { Repo } from '../fixtures/repo.ts';

/** The caps that a config has by default. */
export const LIMITS = { max: 20, maxMessageBytes: 2000 };

/** The messages of the commits that are listed; null: none can be. */
export async function messages(
  repo: Repo,
  after: string,
  known: readonly string[],
  limits = LIMITS,
): Promise<string[] | null> {
  const list = await listCommits(repo.product, oid(after), known.map(oid), limits);
  return list?.commits.map(({ message }) => message) ?? null;
}

/** Commits one after the other, by their messages; gives their names. */
export async function series(repo: Repo, ...names: string[]): Promise<string[]> {
  const made: string[] = [];
  for (const name of names) made.push(await repo.commit(name));
  return made;
}
