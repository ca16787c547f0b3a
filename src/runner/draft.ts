import { randomUUID } from 'node:crypto';
import type { Job } from '../config/schema.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import type { PushEvent } from '../event/push-event.ts';
import { type DraftEvent, fanOut } from './fan-out.ts';
import { putEvents, withIntake } from './intake.ts';
import { openPlace, resolveConfig } from './place.ts';
import type { RunContext } from './run-context.ts';

/** Makes the events of a trigger by hand: the same way as for a push, and in the same queue. */
export async function draftManually(
  request: ManualRequest,
  run: RunContext,
): Promise<readonly (DraftEvent | PushEvent)[]> {
  const { env, clock } = run.effects;
  const { cwd, gitDir, remote, url, ref, before, after, job } = request;
  const place = await openPlace({ cwd, gitDir }, run);
  const resolved = await resolveConfig(place, run.commonDir, env, after);
  const { loaded } = resolved;
  const chosen = loaded.config?.jobs.filter(({ name }) => name === job).map((found) => forEveryRef(found));
  const config =
    loaded.config && chosen && job !== null
      ? { ...loaded.config, jobs: chosen, 'skip-markers': [] }
      : loaded.config;
  const update = { ref, before, after, localRef: null };
  const now = clock.now();
  const drafts = await fanOut(
    {
      update,
      evidence: 'given',
      source: 'manual',
      noteId: `manual ${randomUUID()}`,
      startedAt: now,
      endedAt: now,
      pushProcess: null,
      remote,
      url,
      siblings: [update],
    },
    place,
    { ...resolved, loaded: { ...loaded, config } },
  );
  if (!request.isKept) return drafts;
  let events: readonly PushEvent[] = [];
  const isTaken = await withIntake(run, async () => {
    events = await putEvents(run, drafts);
  });
  if (!isTaken) throw new Error('another process holds the spool');
  return events;
}

/** The job without its rules. */
function forEveryRef(job: Job): Job {
  const {
    paths: _paths,
    'paths-ignore': _pathsIgnore,
    'branches-ignore': _branchesIgnore,
    'tags-ignore': _tagsIgnore,
    ...rest
  } = job;
  return { ...rest, branches: ['**'], tags: ['**'], remotes: ['*'] };
}
