import { join } from 'node:path';
import type { Hold, PushEvent } from '../event/push-event.ts';
import { readText, writeAtomic } from '../platform/files.ts';
import { readEvents } from '../spool/spool.ts';
import type { RunContext } from './run-context.ts';

const REMEDIES: Readonly<Record<Hold, string>> = {
  config: 'see codearts-hooks status',
  untrusted: 'run codearts-hooks trust',
  endpoint: 'set "region" in codearts-hooks.json',
  login: 'set CODEARTS_HOOKS_TOKEN, then run codearts-hooks flush',
  permission: 'see codearts-hooks history',
  'too-many': 'see codearts-hooks history',
};

/** Leaves the one line that the next push prints: what waits or has failed, and what to do. */
export async function writeNotice(run: RunContext, since: number): Promise<void> {
  const path = join(run.stateDir, 'notice');
  const waiting = (await readEvents(run.spool, ['q'])).filter(
    ({ state }) => state === 'held' || state === 'ambiguous',
  );
  const failed = (await readEvents(run.spool, ['dead'])).filter((event) => lastChange(event) >= since);
  const line = noticeFor(waiting, failed);
  if (((await readText(path)) ?? '') !== line) await writeAtomic(path, line, { durable: false });
}

/** The line, or '' when there is nothing to tell. Free of control characters: it goes to a terminal. */
function noticeFor(waiting: readonly PushEvent[], failed: readonly PushEvent[]): string {
  const [first] = waiting;
  const [dead] = failed;
  if (first) {
    const verb = waiting.length === 1 ? 'trigger waits' : 'triggers wait';
    const remedy = first.hold ? REMEDIES[first.hold] : 'see codearts-hooks history';
    return line(`${waiting.length} ${verb}: ${first.reason ?? first.state}; ${remedy}`);
  }
  if (dead) {
    const what = failed.length === 1 ? 'trigger failed' : 'triggers failed';
    return line(`${failed.length} ${what}: ${dead.reason ?? dead.state}; see codearts-hooks show ${dead.id}`);
  }
  return '';
}

function line(text: string): string {
  // eslint-disable-next-line no-control-regex -- control and bidirectional characters are what is taken out
  return `codearts-hooks: ${text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ').slice(0, 200)}\n`;
}

function lastChange({ attempts, endedAt }: PushEvent): number {
  const last = attempts.at(-1);
  return last ? Date.parse(last.at) : endedAt;
}
