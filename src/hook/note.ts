import { parsePostReceiveLine } from './post-receive.ts';
import { parsePrePushLine } from './pre-push.ts';
import type { RefUpdate } from './ref-update.ts';

/** What a shim wrote down: the updates that it was given, and where. */
export interface Note {
  readonly hook: 'pre-push' | 'post-push' | 'post-receive';
  /** The process `git push`; null where the shim could not find it. Start time in clock ticks since boot. */
  readonly push: { readonly pid: number; readonly start: string } | null;
  readonly boot: string | null;
  readonly cwd: string;
  /** As the hook had it: relative to `cwd`, or absolute. */
  readonly gitDir: string;
  /** `--work-tree` or GIT_WORK_TREE, relative to `cwd` or absolute; null: `cwd` is the work tree. */
  readonly workTree: string | null;
  /** The remote's name, or its URL when the push was by URL. No credential. */
  readonly remote: string;
  /** The URL that was pushed to. No credential. */
  readonly url: string;
  /** Switched off by `CODEARTS_HOOKS=0`: moves the reflog's cursors, triggers nothing. */
  readonly off: boolean;
  readonly updates: readonly RefUpdate[];
}

/** An object, a ref, an object: at the end of every update. */
const END_OF_UPDATE = / (?:[0-9a-f]{40}|[0-9a-f]{64}) \S+ (?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const HOOKS = ['pre-push', 'post-push', 'post-receive'] as const;

/**
 * Reads a note as hooks/note and hooks/post-push write it: a line `codearts-hooks 1`, header lines `<name> SP
 * <value>`, an empty line, one line an update, a last line `end <number of updates>`.
 *
 * @throws {SyntaxError} when it is torn or of another version
 */
export function parseNote(text: string): Note {
  const [first, ...rest] = text.split('\n');
  if (first !== 'codearts-hooks 1')
    throw new SyntaxError(`not a note of version 1: ${JSON.stringify(first)}`);
  const empty = rest.indexOf('');
  const header = new Map(rest.slice(0, Math.max(empty, 0)).map(splitAtSpace));
  const hook = HOOKS.find((name) => name === header.get('hook'));
  if (!hook) throw new SyntaxError(`not a note of a hook we know: ${JSON.stringify(header.get('hook'))}`);
  const lines = updateLines(rest.slice(empty + 1));
  const parseLine = hook === 'pre-push' ? parsePrePushLine : parsePostReceiveLine;
  const [pid = '0', start = ''] = (header.get('push') ?? '').split(' ');
  return {
    hook,
    push: Number(pid) > 0 ? { pid: Number(pid), start } : null,
    boot: header.get('boot') ?? null,
    cwd: header.get('cwd') ?? '',
    gitDir: header.get('git-dir') ?? '',
    workTree: header.get('work-tree') ?? null,
    remote: header.get('remote') ?? '',
    url: header.get('url') ?? '',
    off: header.has('off'),
    updates: (hook === 'pre-push' ? wholeUpdates(lines) : lines).map(parseLine),
  };
}

function splitAtSpace(line: string): [string, string] {
  const space = line.indexOf(' ');
  return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
}

/** Updates whose source has line feeds in it: `:/a\nmessage` is a way to spell one. */
function wholeUpdates(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let begun = '';
  for (const line of lines) {
    begun += line;
    if (END_OF_UPDATE.test(begun)) {
      whole.push(begun);
      begun = '';
    } else begun += '\n';
  }
  // What is left over is torn: whoever parses it says so.
  return begun === '' ? whole : [...whole, begun];
}

function updateLines(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => line.startsWith('end '));
  if (end < 0 || lines[end] !== `end ${end}` || lines.length !== end + 2) {
    throw new SyntaxError(`a torn note: ${end < 0 ? 'no last line' : `${end} updates, but "${lines[end]}"`}`);
  }
  return lines.slice(0, end);
}
