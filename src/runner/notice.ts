import { join } from 'node:path';
import type { Hold, PushEvent } from '../event/push-event.ts';
import { tryReadText, writeAtomic } from '../platform/files.ts';
import { eachEvent, readDeadSince } from '../spool/shelves.ts';
import { unwritableFolders } from '../spool/spool.ts';
import type { RunContext } from './run-context.ts';

const REMEDIES: Readonly<Record<Hold, string>> = {
  config: 'see codearts-hooks status',
  untrusted: 'run codearts-hooks trust',
  endpoint: 'set "region" in codearts-hooks.json',
  login: 'run codearts-hooks login',
  permission: 'see codearts-hooks history',
  'too-many': 'run codearts-hooks redeliver, see codearts-hooks history',
  unknown: 'run codearts-hooks redeliver or discard, see codearts-hooks history',
};

/** What is in the way of the user's pushes. */
interface Findings {
  /** Some of what waits for its user, and how many there are. */
  readonly first: PushEvent | null;
  readonly count: number;
  readonly dead: readonly PushEvent[];
  readonly unwritable: string | null;
}

/**
 * Leaves the file `notice`: in its first line what the next push prints, in its second since when failures have not
 * been told, milliseconds since 1970.
 *
 * @param toldUntil for the run of a push: when it began, as it has printed the notice that was there then
 */
export async function writeNotice(run: RunContext, toldUntil: number | null): Promise<void> {
  const path = join(run.stateDir, 'notice');
  const before = (await tryReadText(path, 4096)) ?? '';
  const since = toldUntil ?? sinceIn(before) ?? run.startedAt;
  let first: PushEvent | null = null;
  let count = 0;
  for await (const event of eachEvent(run.spool, ['q'])) {
    if (event.state !== 'held' && event.state !== 'ambiguous') continue;
    first ??= event;
    count += 1;
  }
  const [unwritable = null] = await unwritableFolders(run.spool);
  const dead = await readDeadSince(run.spool, since);
  const text = `${noticeFor({ first, count, dead, unwritable })}\n${since}\n`;
  if (before !== text) await writeAtomic(path, text, { durable: false });
}

/** Has the next push say that nothing can be queued here; gives the sentence. */
export async function tellUnwritable(stateDir: string): Promise<string> {
  const [folder = stateDir] = await unwritableFolders({ root: stateDir });
  const sentence = `${folder} cannot be written to, so pushes wait; see codearts-hooks status`;
  await writeAtomic(join(stateDir, 'notice'), `${line(sentence)}\n`, { durable: false });
  return sentence;
}

function sinceIn(notice: string): number | null {
  const [, since = ''] = notice.split('\n');
  return /^\d+(?:\.\d+)?$/.test(since) ? Number(since) : null;
}

/** The line, or '' when there is nothing to tell. Free of control characters: it goes to a terminal. */
function noticeFor({ first, count, dead, unwritable }: Findings): string {
  if (unwritable !== null) {
    return line(`${unwritable} cannot be written to, so pushes wait; see codearts-hooks status`);
  }
  if (first) {
    const verb = count === 1 ? 'trigger waits' : 'triggers wait';
    const remedy = first.hold ? REMEDIES[first.hold] : 'see codearts-hooks history';
    return line(`${count} ${verb}: ${first.reason ?? first.state}; ${remedy}`);
  }
  const [last] = dead.slice(-1);
  if (!last) return '';
  const what = dead.length === 1 ? 'trigger' : 'triggers';
  const verb = last.state === 'expired' ? 'expired' : 'failed';
  const remedy = last.state === 'expired' ? 'redeliver' : 'show';
  return line(
    `${dead.length} ${what} ${verb}: ${last.reason ?? last.state}; see codearts-hooks ${remedy} ${last.id}`,
  );
}

function line(text: string): string {
  // eslint-disable-next-line no-control-regex -- control and bidirectional characters are what is taken out
  return `codearts-hooks: ${text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ').slice(0, 200)}`;
}
