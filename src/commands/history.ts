import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { plainText } from '../ui/plain-text.ts';
import { wrapTo } from '../ui/width.ts';
import { type CommandContext, type Options, type Run, printJson } from './define.ts';
import { troublesOf } from './remedies.ts';
import { readState } from './repository-state.ts';
import { rowTable } from './row-table.ts';
import { type TrackedRow, readTrackedRows } from './rows.ts';

/** `history`: the pushes, newest first; followed, or as a page. */
export const history: Run = async (_args, options, context) => {
  const isJson = options['json'] === true;
  const file = pageOf(options);
  const number = numberOf(options, file === null ? 20 : 500);
  const state = await readState(context);
  if (options['follow'] === true) {
    const { followHistory } = await import('./follow-history.ts');
    return await followHistory(state, { number, isJson }, context);
  }
  const tracked = (await readTrackedRows(state.spools)).slice(0, number);
  if (file !== null) {
    const { writePage } = await import('./history-page/write-page.ts');
    await writePage(file, tracked, { state, context });
  } else if (isJson) {
    printJson(
      tracked.map(({ row }) => row),
      context,
    );
  } else if (tracked.length === 0) context.say(t`no push has been seen yet`);
  else show(tracked, context);
  return ExitCode.Ok;
};

function show(tracked: readonly TrackedRow[], context: CommandContext): void {
  const { stderr } = context.effects;
  const rows = tracked.map(({ row }) => row);
  context.print(rowTable(rows, context));
  for (const { words, remedy } of troublesOf(tracked)) {
    const text = plainText(words, 300);
    const lines = stderr.isTTY ? wrapTo(text, stderr.columns - 2) : [text];
    context.say(`\n${context.paintError('yellow', '!')} ${lines.join('\n  ')}`);
    context.say(`  ${context.paintError('bold', `→ ${remedy}`)}`);
  }
}

/** The file of `--html`; null: no page is wanted. */
function pageOf({ html, follow, json }: Options): string | null {
  if (typeof html !== 'string') return null;
  const hint = 'codearts-hooks history --html history.html';
  if (html === '') throw new UserError('usage', t`--html is empty`, { hint });
  const other = follow === true ? '--follow' : json === true ? '--json' : null;
  if (other !== null) throw new UserError('usage', t`--html and ${other} contradict each other`, { hint });
  return html;
}

function numberOf({ number }: Options, usual: number): number {
  const value = number === undefined ? usual : Number(number);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UserError('usage', t`-n takes a whole number from 1, not ${String(number)}`, {
    hint: 'codearts-hooks history -n 20',
  });
}
