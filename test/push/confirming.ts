import type { Oid } from '../../src/core/oid.ts';
import type { Note } from '../../src/hook/note.ts';
import type { RefUpdate } from '../../src/hook/ref-update.ts';
import { type ConfirmContext, confirmUpdates } from '../../src/push/confirm.ts';
import type { Rival } from '../../src/push/rivals.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import type { Pushed } from '../fixtures/repo.ts';

export const MAIN = 'refs/heads/main';
export const OTHER: Oid = oidOf('9');

/** A note of a push to `origin`. */
export function noteOf(repo: Pushed, updates: readonly RefUpdate[], more: Partial<Note> = {}): Note {
  return {
    hook: 'pre-push',
    push: null,
    boot: null,
    cwd: repo.dir,
    gitDir: '.git',
    workTree: null,
    remote: 'origin',
    url: repo.remote,
    off: false,
    updates,
    ...more,
  };
}

/** An update of one ref. */
export function update(before: Oid, after: Oid, ref = MAIN): RefUpdate {
  return { ref, before, after, localRef: ref };
}

/** The verdicts in short: what, by which evidence or why not. */
export async function verdicts(
  repo: Pushed,
  note: Note,
  more: Partial<ConfirmContext> = {},
): Promise<string[]> {
  const context: ConfirmContext = {
    git: repo.product,
    commonDir: repo.gitDir,
    settings: await readGitSettings(repo.product),
    env: repo.env,
    transaction: [],
    startedAt: Number.MAX_SAFE_INTEGER, // deaf to the log, unless a test says otherwise
    endedAt: null,
    askUrl: async () => note.url,
    isFresh: true,
    push: { url: note.url, pushProcess: null },
    rivals: async () => [],
    ...more,
  };
  return (await confirmUpdates(note, context)).map((verdict) => {
    if (verdict.kind === 'accepted') return `accepted by ${verdict.evidence}`;
    return verdict.kind === 'open' ? `open: ${verdict.why}` : 'rejected';
  });
}

/** Another push of main, a moment later. */
export function rival({ url }: Note, more: Partial<Rival>): Rival {
  return {
    url,
    ref: MAIN,
    before: ZERO_OID,
    after: OTHER,
    startedAt: 2,
    endedAt: null,
    pushProcess: null,
    evidence: null,
    ...more,
  };
}

/** Commits, and pushes main, or what is named. */
export async function pushed(repo: Pushed, ...args: string[]): Promise<Oid> {
  const after = await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', ...(args.length > 0 ? args : ['main'])]);
  return after;
}
