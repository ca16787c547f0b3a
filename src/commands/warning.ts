import { t } from '../core/translate.ts';
import { labelled } from '../ui/labelled.ts';
import type { CommandContext } from './define.ts';

/** A sentence that something is not as it should be. */
export function warning(sentence: string, { paintError }: CommandContext): string {
  return labelled(t`warning:`, sentence, (label) => paintError('yellow', label));
}

/** A sentence that something is worth knowing. */
export function note(sentence: string, { paintError }: CommandContext): string {
  return labelled(t`note:`, sentence, (label) => paintError('yellow', label));
}
