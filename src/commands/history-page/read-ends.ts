import { makeAuthorizer } from '../../codearts/authorize.ts';
import { type BuildInfo, readBuildInfo } from '../../codearts/build-info.ts';
import { mapSome } from '../../core/map-some.ts';
import { accessContext, targetOf } from '../access-context.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import type { TrackedRow } from '../rows.ts';

/** What the service says of the builds of triggers, by the triggers' ids. */
export type BuildEnds = ReadonlyMap<string, BuildInfo>;

const AT_ONCE = 4;
const BUILDS_AT_MOST = 200;

/**
 * Asks the service how builds have ended, the newest first. What it does not tell is left out; an endpoint that does
 * not answer at all is asked no more.
 *
 * @returns the builds, and why some of them are not told; null: all are
 */
export async function readEnds(
  tracked: readonly TrackedRow[],
  state: RepositoryState,
  context: CommandContext,
): Promise<{ readonly ends: BuildEnds; readonly problem: string | null }> {
  const { endpoint } = state;
  const own = await accessContext({ state, endpoint, target: targetOf(endpoint) }, context);
  const authorizer = makeAuthorizer(own);
  const ends = new Map<string, BuildInfo>();
  const problems = new Map<string, string>();
  const built = tracked.filter(({ row }) => row.build !== null).slice(0, BUILDS_AT_MOST);
  await mapSome(built, AT_ONCE, async ({ row, event }) => {
    if (!event?.endpoint || !row.job || !row.build || problems.has(event.endpoint)) return;
    const { iamUrl = null, region } = event;
    const access = await authorizer.access({ endpoint: event.endpoint, iamUrl, region });
    if (access.kind !== 'ready') {
      problems.set(event.endpoint, access.reason);
      return;
    }
    const name = { endpoint: event.endpoint, jobId: row.job.id, number: row.build.number };
    const read = await readBuildInfo(name, access.send);
    if (read.kind === 'build') ends.set(row.id, read.build);
    else if (read.kind !== 'forbidden') problems.set(event.endpoint, read.reason);
  });
  return { ends, problem: [...problems.values()][0] ?? null };
}
