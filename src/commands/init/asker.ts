import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { changedStdout } from '../../platform/changed-stdout.ts';
import { promptText } from '../../ui/prompt-text.ts';
import type { CommandContext } from '../define.ts';

/** Something to choose. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** Shown where the cursor is. */
  readonly hint?: string;
}

/** Asks the user. Each question throws `interrupted` when he presses Ctrl-C or Escape. */
export interface Asker {
  confirm(message: string, initialValue: boolean): Promise<boolean>;
  select<T extends string>(message: string, options: readonly Choice<T>[]): Promise<T>;
  /** Chooses by typing a part. @param find what there is, best first, given what was typed so far */
  search(message: string, find: (typed: string) => readonly Choice<string>[]): Promise<string>;
  /** @param problemOf what is wrong with an answer; null: nothing */
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
export async function openAsker({ paint }: Pick<CommandContext, 'paint'>): Promise<Asker> {
  const clack = await import('@clack/prompts');
  // Frames and bars take a third of a narrow terminal, and say nothing.
  clack.updateSettings({ withGuide: false });
  const isPlain = paint('red', '-') === '-';
  const common = { output: changedStdout((text) => promptText(text, isPlain)) };
  const wanted = <T>(answer: T): Exclude<T, symbol> => {
    if (clack.isCancel(answer)) throw interrupted();
    return answer as Exclude<T, symbol>;
  };
  return {
    confirm: async (message, initialValue) =>
      wanted(await clack.confirm({ ...common, message, initialValue, active: t`yes`, inactive: t`no` })),
    select: async <T extends string>(message: string, options: readonly Choice<T>[]) =>
      wanted(
        await clack.select<string>({ ...common, message, options: [...options], showInstructions: false }),
      ) as T,
    search: async (message, find) =>
      wanted(
        await clack.autocomplete<string>({
          ...common,
          message,
          maxItems: 8,
          options() {
            return [...find(this.userInput)];
          },
          filter: () => true, // `find` has done it
          validate: (value) => (value === undefined ? t`choose one, or paste the id of a job` : undefined),
        }),
      ),
    text: async (message, { example, problemOf }) =>
      wanted(
        await clack.text({
          ...common,
          message,
          ...(example === undefined ? {} : { placeholder: example }),
          validate: (text) => problemOf(text ?? '') ?? undefined,
        }),
      ),
  };
}
