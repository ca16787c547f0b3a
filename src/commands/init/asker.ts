import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import type { CommandContext } from '../define.ts';
import { type Choice, openPrompts } from '../prompts.ts';

export type { Choice };

/** Asks the user, as `Prompts` do. Each question throws `interrupted` when he presses Ctrl-C or Escape. */
export interface Asker {
  confirm(message: string, initialValue: boolean): Promise<boolean>;
  select<T extends string>(message: string, options: readonly Choice<T>[]): Promise<T>;
  search(message: string, find: (typed: string) => readonly Choice<string>[]): Promise<string>;
  text(
    message: string,
    given: { readonly example?: string; readonly problemOf: (text: string) => string | null },
  ): Promise<string>;
}

/** What is thrown where a user has had enough; until the last question nothing has been written but credentials. */
export function interrupted(): UserError {
  return new UserError('interrupted', t`stopped: nothing was written to the repository`, {
    hint: 'codearts-hooks init',
  });
}

/** Opens an asker on the terminal. */
export async function openAsker(context: Pick<CommandContext, 'paint'>): Promise<Asker> {
  const prompts = await openPrompts(context);
  return {
    confirm: async (message, initialValue) => wanted(await prompts.confirm(message, initialValue)),
    select: async (message, options) => wanted(await prompts.select(message, options)),
    search: async (message, find) => wanted(await prompts.search(message, find)),
    text: async (message, given) => wanted(await prompts.text(message, given)),
  };
}

function wanted<T>(answer: T | null): T {
  if (answer === null) throw interrupted();
  return answer;
}
