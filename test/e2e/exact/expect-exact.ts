import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readEvents } from '../../../src/spool/shelves.ts';
import { JOB, type Trigger, type World, ZERO, makeWorld } from '../../fixtures/world.ts';

/** Every branch and every tag of every remote starts a build: what a remote accepts must arrive. */
export const EVERYTHING = {
  jobs: [{ ...JOB, branches: ['**'], tags: ['**'], remotes: ['*'] }],
  'max-triggers-per-push': 1000,
};

/** A push, or something that is none. */
export interface Case {
  readonly title: string;
  readonly act: (world: World) => Promise<void>;
  /** Done before the remotes are looked at for the first time. */
  readonly prepare?: (world: World) => Promise<void>;
  /** Bare repositories besides `origin` that a push may change, by their paths under the world's root. */
  readonly remotes?: readonly string[];
  /** Common dirs, under the root, of repositories that push besides the clone. */
  readonly pushers?: readonly string[];
  /** The config in place of EVERYTHING. */
  readonly config?: object;
}

/** What cannot be seen from a hook, nor afterwards (git-facts.md section 4), by the case's title. */
const IMPOSSIBLE: Readonly<Record<string, string>> = {
  'a tag with --no-verify': 'no hook runs, and a tag leaves no log',
  'a branch by its path with --no-verify': 'no hook runs, and git moves no tracking ref',
  'git send-pack': 'plumbing: it runs no pre-push and moves no tracking ref',
};

/** Deletions that git itself does not tell its hooks of. */
const UNTOLD_DELETIONS: Readonly<Record<string, string>> = {
  '--mirror': 'what it deletes because it is not here is not on the list that pre-push gets',
};

/** Does what a case does and compares what arrived with what has really changed in the remotes. */
export async function expectExact(one: Case): Promise<void> {
  const world = await makeWorld(one.config ?? EVERYTHING);
  try {
    await one.prepare?.(world);
    await world.settled();
    const remotes = [world.remote, ...(one.remotes ?? []).map((name) => join(world.root, name))];
    const before = await Promise.all(remotes.map((remote) => refsOf(world, remote)));
    const seen = world.triggers().length;
    const deletedBefore = (await deletions(world)).length;

    await one.act(world);
    const pushers = [join(world.dir, '.git'), ...(one.pushers ?? []).map((name) => join(world.root, name))];
    for (const commonDir of pushers) await world.settled(commonDir);

    const after = await Promise.all(remotes.map((remote) => refsOf(world, remote)));
    const changed = remotes.flatMap((_, index) => changes(before[index] ?? {}, after[index] ?? {}));
    const expected = one.title in IMPOSSIBLE ? [] : changed;
    if (one.title in IMPOSSIBLE) expect(changed, 'the case is no longer one').not.toEqual([]);
    expect(sorted(world.triggers().slice(seen))).toEqual(sorted(expected));
    const gone = remotes.flatMap((_, index) => missing(before[index] ?? {}, after[index] ?? {}));
    if (one.title in UNTOLD_DELETIONS) expect(gone, 'the case is no longer one').not.toEqual([]);
    const told = one.title in UNTOLD_DELETIONS ? [] : gone;
    expect((await deletions(world)).slice(deletedBefore).sort()).toEqual(told.sort());
    for (const commonDir of pushers)
      expect(await readdir(join(commonDir, 'hooks'))).not.toContain('reference-transaction');
    const total = world.triggers().length;
    await world.cli(['flush'], { mayFail: true });
    expect(world.triggers()).toHaveLength(total);
  } finally {
    await world.close();
  }
}

/** Branches and tags of a repository with the commits that they lead to. */
async function refsOf(world: World, repository: string): Promise<Record<string, string>> {
  const { stdout } = await world.git(['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags'], {
    cwd: repository,
  });
  const refs = stdout.split('\n').filter(Boolean);
  // Tags of tags too: for-each-ref peels one of them.
  const commits = await Promise.all(
    refs.map((ref) => world.git(['rev-parse', '--verify', `${ref}^{commit}`], { cwd: repository })),
  );
  return Object.fromEntries(refs.map((ref, index) => [ref, commits[index]?.stdout.trim() ?? '']));
}

function changes(before: Record<string, string>, after: Record<string, string>): Trigger[] {
  return Object.entries(after)
    .filter(([ref, value]) => before[ref] !== value)
    .map(([ref, value]) => ({ ref, before: before[ref] ?? ZERO, after: value }));
}

function missing(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((ref) => !(ref in after));
}

/** The refs whose deletion the clone knows of, in order. They start no build. */
async function deletions({ dir }: World): Promise<string[]> {
  const events = await readEvents({ root: join(dir, '.git', 'codearts-hooks') });
  return events.filter(({ kind }) => kind === 'deleted').map(({ ref }) => ref);
}

function sorted(triggers: readonly Trigger[]): string[] {
  return triggers.map(({ ref, before, after }) => `${ref} ${before}..${after}`).sort();
}
