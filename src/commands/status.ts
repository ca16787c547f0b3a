import { join } from 'node:path';
import { ExitCode } from '../core/exit-code.ts';
import { inspectHook } from '../install/hook-file.ts';
import { plainText } from '../ui/plain-text.ts';
import { table } from '../ui/table.ts';
import { deliverInBackground } from './ask.ts';
import { type AccessWords, accessWords } from './access-words.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { queueProblems } from './queue-health.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { rowTable } from './row-table.ts';
import { type HistoryRow, readRows } from './rows.ts';

/** `status --json`, design.md section 4. */
interface Status {
  readonly installed: boolean;
  readonly layers: readonly {
    readonly kind: 'config' | 'files' | 'manager';
    readonly path: string;
    readonly ok: boolean;
  }[];
  readonly config: {
    readonly path: string | null;
    readonly valid: boolean;
    readonly problems: RepositoryState['loaded']['problems'];
  };
  readonly credentials: { readonly source: string } | null;
  readonly trusted: boolean;
  readonly pending: number;
  readonly held: number;
  readonly failed: number;
  readonly last: HistoryRow | null;
}

/** `status`: is all in place, and what waits. */
export const status: Run = async (_args, options, context) => {
  const state = await readState(context);
  const rows = await readRows(state.spools);
  const words = await accessWords(state, context);
  const found = await statusOf(state, rows, words);
  if (options['json'] === true) printJson(found, context);
  else context.print(screen(found, { state, words }, context));
  for (const problem of await queueProblems(state)) {
    context.say(`${context.paintError('yellow', 'warning:')} ${problem}`);
  }
  // Who looks wants it to go on, too.
  if (found.installed && found.pending > 0) await deliverInBackground(state, context);
  return ExitCode.Ok;
};

async function statusOf(
  state: RepositoryState,
  rows: readonly HistoryRow[],
  { credentials, trusted }: AccessWords,
): Promise<Status> {
  const { loaded, repository } = state;
  const path = join(repository.hooksDir, 'pre-push');
  const isOurs = (await inspectHook(path)).kind === 'ours';
  const count = (...states: readonly HistoryRow['state'][]) =>
    rows.filter((row) => states.includes(row.state)).length;
  return {
    installed: state.isInstalled && isOurs,
    layers: [{ kind: 'files', path, ok: isOurs }],
    config: { path: loaded.path, valid: loaded.config !== null, problems: loaded.problems },
    credentials,
    trusted,
    pending: count('unconfirmed', 'queued', 'sending', 'ambiguous'),
    held: count('held'),
    failed: count('failed', 'expired'),
    last: rows[0] ?? null,
  };
}

function screen(
  found: Status,
  { state: { endpoint }, words }: { readonly state: RepositoryState; readonly words: AccessWords },
  context: CommandContext,
): string {
  const { paint } = context;
  const line = (isOk: boolean, name: string, text: string): string[] => [
    paint(isOk ? 'green' : 'red', isOk ? '✓' : '✗'),
    name,
    text,
  ];
  const { config, credentials, last } = found;
  const lines = [
    line(
      found.installed,
      'hooks',
      found.installed ? 'in place' : 'not installed; run codearts-hooks install',
    ),
    line(config.valid, 'config', configWords(config)),
    line(
      endpoint.kind === 'endpoint',
      'endpoint',
      endpoint.kind === 'endpoint' ? endpoint.url : endpoint.reason,
    ),
    line(found.trusted, 'trust', words.trustText),
    // The remedy at its end is to be pasted: no path in it is cut.
    line(credentials !== null, 'credentials', plainText(words.credentialsText, 1000)),
    line(
      found.failed === 0 && found.held === 0,
      'triggers',
      `${found.pending} pending, ${found.held} held, ${found.failed} failed`,
    ),
  ];
  const problems = config.problems.map(
    ({ key, line: at, column, message }) =>
      `  ${config.path}:${at}:${column}: ${plainText(`${key} ${message}`)}\n`,
  );
  return table(lines) + problems.join('') + (last ? `\nlast push\n${rowTable([last], context)}` : '');
}

function configWords({ path, valid, problems }: Status['config']): string {
  if (path === null) return 'none; write codearts-hooks.json';
  if (!valid) return `${path} is not valid`;
  return problems.length === 0
    ? path
    : `${path}, with ${problems.length} warning${problems.length === 1 ? '' : 's'}`;
}
