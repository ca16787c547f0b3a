import { UserError } from '../core/errors.ts';
import { redact } from '../core/redact.ts';
import { t } from '../core/translate.ts';
import { linesWithoutControls } from '../core/without-controls.ts';
import { labelled } from './labelled.ts';
import type { Paint } from './style.ts';

/** How it is shown. `columns` is the terminal's width; null: there is none. */
interface ReportStyle {
  readonly paint: Paint;
  readonly isVerbose: boolean;
  readonly columns: number | null;
}

/** An error as the user sees it: what failed, and what to do next; for a bug of ours, where to tell. */
export function errorReport(error: unknown, { paint, isVerbose, columns }: ReportStyle): string {
  const lines: string[] = [];
  const failed = (text: string): string =>
    labelled(t`error:`, clean(text), { paint: (label) => paint('red', label), columns });
  // Whole on one line: most are commands, to be copied.
  const hint = (text: string): string =>
    labelled(t`hint:`, clean(text), { paint: (label) => paint('cyan', label), columns: null });
  if (error instanceof UserError) {
    lines.push(failed(error.message), hint(error.hint));
    if (isVerbose && error.cause !== undefined)
      lines.push(
        clean(t`cause: ${error.cause instanceof Error ? error.cause.message : JSON.stringify(error.cause)}`),
      );
  } else {
    const what = error instanceof Error ? error : new Error(String(error));
    lines.push(failed(t`this is a bug in codearts-hooks: ${what.message}`));
    lines.push(hint(t`run again with --verbose and report it`));
    if (isVerbose) lines.push(clean(what.stack ?? ''));
  }
  return `${redact(lines.join('\n'))}\n`;
}

/** First what is secret: with a line end in it, it would not be found once that is cleaned or wrapped. */
function clean(text: string): string {
  return linesWithoutControls(redact(text));
}
