import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { openGit } from '../../src/platform/git.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import { fanOut } from '../../src/runner/fan-out.ts';
import type { Place, ResolvedConfig } from '../../src/runner/place.ts';
import { importCommits } from '../fixtures/fast-import.ts';
import { oid } from '../fixtures/oid.ts';
import { type Repo, makeRepo } from '../fixtures/repo.ts';
import { type Refs, expectedOf, refsOf } from './model.ts';
import { type HistoryPlan, historyPlans } from './plan.ts';

/** `npm run test:histories` runs a thousand. */
const RUNS = Number(process.env['HISTORIES'] ?? 20);
/** What a history takes is git's, and one waits for it. */
const LANES = 3;
const ZERO = '0'.repeat(40);
const JOB = {
  name: 'ci',
  id: '1'.repeat(32),
  branches: ['**'],
  tags: ['**'],
  trigger: 'auto-execute',
  'event-type': 'push',
} as const;

interface Update {
  readonly ref: string;
  readonly before: Oid;
  readonly after: Oid;
  readonly localRef: null;
}

/** What changed at the remote, as git tells the hook. */
function updatesOf(old: Refs, now: Refs): Update[] {
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .map((ref) => ({
      ref,
      before: oid(old.get(ref) ?? ZERO),
      after: oid(now.get(ref) ?? ZERO),
      localRef: null,
    }))
    .filter(({ before, after }) => before !== after);
}

async function place(repo: Repo): Promise<Place> {
  const git = openGit(repo.gitDir, repo.dir, repo.env);
  return { cwd: repo.dir, tree: repo.dir, git, settings: await readGitSettings(git), commonDir: repo.gitDir };
}

function resolved({ max, maxMessageBytes }: HistoryPlan): ResolvedConfig {
  const config = {
    jobs: [{ ...JOB, branches: [...JOB.branches], tags: [...JOB.tags] }],
    'skip-markers': [],
    commits: { max, 'max-message-bytes': maxMessageBytes },
    'max-triggers-per-push': 1000,
    'on-unknown': 'resend' as const,
  };
  const endpoint = {
    kind: 'endpoint',
    url: 'https://h',
    iamUrl: null,
    region: null,
    isHuawei: false,
  } as const;
  return { loaded: { path: 'x', config, problems: [] }, endpoint, subject: null, isTrusted: true };
}

/** Pushes one step, and compares each event with the model. Gives how many there were. */
async function pushAndCompare(
  repo: Repo,
  plan: HistoryPlan,
  step: {
    bare: string;
    push: HistoryPlan['pushes'][number];
    commits: readonly Oid[];
    messages: ReadonlyMap<string, string>;
  },
): Promise<number> {
  const { bare, push, commits, messages } = step;
  const old = await refsOf(repo, bare);
  const specs: string[] = [];
  for (const [ref, at] of Object.entries(push)) {
    const source = at === null ? '' : await sourceOf(repo, ref, commits[at] ?? ZERO);
    if (source !== '' || old.has(ref)) specs.push(`+${source}:${ref}`.replace('+:', ':'));
  }
  if (specs.length === 0) return 0;
  const startedAt = Date.now();
  await repo.git(['push', '--quiet', 'origin', ...specs]);
  const now = await refsOf(repo, bare);
  const updates = updatesOf(old, now);
  const here = await place(repo);
  for (const update of updates) {
    const confirmed = {
      update,
      siblings: updates,
      evidence: 'given',
      source: 'push',
      noteId: 'n',
      startedAt,
      endedAt: Date.now(),
      pushProcess: null,
      remote: 'origin',
      url: 'https://host/r.git',
    } as const;
    const [event, ...others] = await fanOut(confirmed, here, resolved(plan));
    expect(others).toEqual([]);
    if (update.after === ZERO) {
      expect(event).toMatchObject({ kind: 'deleted', state: 'skipped', payload: null });
      continue;
    }
    const { kind, ...payload } = await expectedOf(repo, { bare, ref: update.ref, old, now, messages }, plan);
    expect(event?.payload).toEqual({
      event_type: 'push',
      ref: update.ref,
      ...payload,
      repository: { url: 'https://host/r.git', name: 'r' },
    });
    expect(event).toMatchObject({
      kind,
      state: 'queued',
      after: payload.after,
      tag: update.after === payload.after ? null : update.after,
    });
  }
  return updates.length;
}

/** Annotated tags, and tags of tags, are made anew for each push, as people do. */
async function sourceOf({ git, revision }: Repo, ref: string, commit: string): Promise<string> {
  if (ref === 'refs/tags/light' || ref.startsWith('refs/heads/')) return commit;
  await git(['tag', '--force', '--annotate', '--message', 'x', 'inner', commit]);
  if (ref === 'refs/tags/annotated') return await revision('refs/tags/inner');
  await git(['tag', '--force', '--annotate', '--message', 'y', 'outer', 'refs/tags/inner']);
  return await revision('refs/tags/outer');
}

/** Checks so many histories, one after the other in a repository of their own; gives how many events there were. */
async function checkHistories(numRuns: number, seed: number): Promise<number> {
  let compared = 0;
  const repo = await makeRepo();
  const property = fc.asyncProperty(historyPlans, async (plan) => {
    const bare = join(repo.root, 'remote.git');
    await rm(bare, { recursive: true, force: true });
    await rm(repo.gitDir, { recursive: true, force: true });
    await repo.git(['init', '--quiet', '--initial-branch=main', '--template=']);
    await repo.git(['init', '--quiet', '--bare', '--template=', bare]);
    await repo.git(['remote', 'add', 'origin', '../remote.git']);
    const commits = await importCommits(repo, plan.commits);
    const messages = new Map(commits.map((commit, index) => [commit, plan.commits[index]?.message ?? '']));
    for (const push of plan.pushes) {
      compared += await pushAndCompare(repo, plan, { bare, push, commits, messages });
    }
  });
  await fc.assert(property, { numRuns, seed, endOnFailure: true });
  return compared;
}

test(
  `the payload of ${RUNS} random histories is what git rev-list says`,
  { timeout: 3_600_000 },
  async () => {
    // A failure tells its seed; HISTORIES_SEED repeats it.
    const seed = Number(process.env['HISTORIES_SEED'] ?? Date.now() % 1_000_000_000);
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      checkHistories(Math.ceil(RUNS / LANES), seed + lane),
    );

    const compared = (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);

    console.log(`compared ${compared} events of ${RUNS} histories, seed ${seed}`);
    expect(compared).toBeGreaterThan(RUNS);
  },
);
