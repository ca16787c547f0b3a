import { t } from '../core/translate.ts';
import { labelled } from '../ui/labelled.ts';
import type { Format } from '../ui/style.ts';
import { terminalColumns } from '../ui/width.ts';
import type { CommandContext } from './define.ts';

/** A sentence that something is not as it should be. */
export function warning(sentence: string, context: CommandContext): string {
  return inColour('yellow', t`warning:`, sentence, context);
}

/** A sentence that something is worth knowing. */
export function note(sentence: string, context: CommandContext): string {
  return inColour('yellow', t`note:`, sentence, context);
}

/** A sentence that something has failed, and that the command goes on. */
export function failure(sentence: string, context: CommandContext): string {
  return inColour('red', t`error:`, sentence, context);
}

function inColour(
  colour: Format,
  label: string,
  sentence: string,
  { paintError, effects: { stderr } }: CommandContext,
): string {
  return labelled(label, sentence, {
    paint: (text) => paintError(colour, text),
    columns: terminalColumns(stderr),
  });
}
