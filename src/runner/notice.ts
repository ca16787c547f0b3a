import { join } from 'node:path';
import { t, translated } from '../core/translate.ts';
import { withoutControls } from '../core/without-controls.ts';
import type { Hold, PushEvent } from '../event/push-event.ts';
import { tryReadText, writeAtomic } from '../platform/files.ts';
import { eachEvent, readDeadSince } from '../spool/shelves.ts';
import { unwritableFolders } from '../spool/spool.ts';
import type { RunContext } from './run-context.ts';
import { inTheirLanguage } from './speak.ts';

const REMEDIES: Readonly<Record<Hold, () => string>> = {
  config: () => t`see codearts-hooks status`,
  untrusted: () => t`run codearts-hooks trust`,
  endpoint: () => t`set "region" in codearts-hooks.json`,
  login: () => t`run codearts-hooks login`,
  permission: () => t`see codearts-hooks history`,
  'too-many': () => t`run codearts-hooks redeliver, see codearts-hooks history`,
  unknown: () => t`run codearts-hooks redeliver or discard, see codearts-hooks history`,
};

/** What is in the way of the user's pushes. */
interface Findings {
  /** Some of what waits for its user, and how many there are. */
  readonly first: PushEvent | null;
  readonly count: number;
  readonly dead: readonly PushEvent[];
  readonly unwritable: string | null;
}

/** Of a notice that is there: since when failures count in it, and from when to when it was made. */
interface Made {
  readonly since: number;
  readonly readAt: number;
  readonly writtenAt: number;
}

/**
 * Leaves the file `notice`: in its first line what the next push prints, in its second since when failures count in
 * it, in its third from when to when it was made; milliseconds since 1970.
 *
 * @param printedAt for the run of a push: when its shim printed the notice that was there; null: it printed none
 */
export async function writeNotice(
  run: Pick<RunContext, 'stateDir' | 'spool' | 'startedAt' | 'preferences'> & {
    readonly effects: Pick<RunContext['effects'], 'clock' | 'env'>;
  },
  printedAt: number | null,
): Promise<void> {
  const { clock } = run.effects;
  const path = join(run.stateDir, 'notice');
  const before = await tryReadText(path, 4096);
  const readAt = clock.now();
  const made = madeOf(before ?? '', readAt);
  const unknown = before === null ? 0 : Math.min(printedAt ?? run.startedAt, readAt);
  const since = made === null ? unknown : untold(made, printedAt);
  let first: PushEvent | null = null;
  let count = 0;
  for await (const event of eachEvent(run.spool, ['q'])) {
    if (event.state !== 'held' && event.state !== 'ambiguous') continue;
    first ??= event;
    count += 1;
  }
  const [unwritable = null] = await unwritableFolders(run.spool);
  const dead = await readDeadSince(run.spool, since);
  const findings: Findings = { first, count, dead, unwritable };
  const isClear = first === null && dead.length === 0 && unwritable === null;
  const text = `${isClear ? '' : await inTheirLanguage(() => noticeFor(findings), run)}\n${since}\n`;
  if (made === null || before?.startsWith(text) !== true)
    await writeAtomic(path, `${text}${readAt} ${clock.now()}\n`, { durable: false });
}

/**
 * Since when failures have not been told. A push has told what was in the notice when it began, and nothing that came
 * while it was under way.
 */
function untold({ since, readAt, writtenAt }: Made, printedAt: number | null): number {
  return printedAt !== null && writtenAt <= printedAt ? readAt : since;
}

/** Null: of a version that did not write it down, or of a clock that was ahead. */
function madeOf(notice: string, now: number): Made | null {
  const match = /^[^\n]*\n(\d+(?:\.\d+)?)\n(\d+(?:\.\d+)?) (\d+(?:\.\d+)?)\n$/.exec(notice);
  if (!match) return null;
  const [since = 0, readAt = 0, writtenAt = 0] = match.slice(1).map(Number);
  return Math.max(since, readAt, writtenAt) > now ? null : { since, readAt, writtenAt };
}

/** Has the next push say that nothing can be queued here; gives the sentence, for the log. */
export async function tellUnwritable(
  stateDir: string,
  run: Pick<RunContext, 'effects' | 'preferences'>,
): Promise<string> {
  const [folder = stateDir] = await unwritableFolders({ root: stateDir });
  const sentence = await inTheirLanguage(() => line(unwritableSentence(folder)), run);
  const path = join(stateDir, 'notice');
  const [, ...made] = ((await tryReadText(path, 4096)) ?? '').split('\n');
  await writeAtomic(path, [sentence, ...(made.length > 0 ? made : [''])].join('\n'), { durable: false });
  return unwritableSentence(folder);
}

function unwritableSentence(folder: string): string {
  return t`${folder} cannot be written to, so pushes wait; see codearts-hooks status`;
}

/** The line. Free of control characters: it goes to a terminal. */
function noticeFor({ first, count, dead, unwritable }: Findings): string {
  if (unwritable !== null) return line(unwritableSentence(unwritable));
  if (first) {
    const reason = translated(first.reason ?? first.state);
    const remedy = first.hold ? REMEDIES[first.hold]() : t`see codearts-hooks history`;
    return line(
      count === 1
        ? t`1 trigger waits: ${reason}; ${remedy}`
        : t`${count} triggers wait: ${reason}; ${remedy}`,
    );
  }
  return line(deadSentence(dead));
}

function deadSentence(dead: readonly PushEvent[]): string {
  const [last] = dead.slice(-1);
  if (!last) return '';
  const [count, reason, id] = [dead.length, translated(last.reason ?? last.state), last.id];
  if (last.state === 'expired') {
    return count === 1
      ? t`1 trigger expired: ${reason}; see codearts-hooks redeliver ${id}`
      : t`${count} triggers expired: ${reason}; see codearts-hooks redeliver ${id}`;
  }
  return count === 1
    ? t`1 trigger failed: ${reason}; see codearts-hooks show ${id}`
    : t`${count} triggers failed: ${reason}; see codearts-hooks show ${id}`;
}

function line(text: string): string {
  return `codearts-hooks: ${withoutControls(text).slice(0, 200)}`;
}
