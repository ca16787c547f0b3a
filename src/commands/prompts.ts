import { t } from '../core/translate.ts';
import { changedStdout } from '../platform/changed-stdout.ts';
import { promptText } from '../ui/prompt-text.ts';
import type { CommandContext } from './define.ts';

/** Something to choose. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** Shown where the cursor is. */
  readonly hint?: string;
}

/** Questions on a terminal. Each gives null when the user presses Ctrl-C or Escape. */
export interface Prompts {
  readonly confirm: (message: string, initialValue: boolean) => Promise<boolean | null>;
  readonly select: <T extends string>(message: string, options: readonly Choice<T>[]) => Promise<T | null>;
  /** Chooses by typing a part. @param find what there is, best first, given what was typed so far */
  readonly search: (
    message: string,
    find: (typed: string) => readonly Choice<string>[],
  ) => Promise<string | null>;
  readonly text: (message: string, given?: TextOptions) => Promise<string | null>;
  /** A sign is shown for each letter. */
  readonly password: (message: string) => Promise<string | null>;
}

interface TextOptions {
  readonly example?: string;
  /** What is wrong with an answer; null: nothing. */
  readonly problemOf?: (text: string) => string | null;
}

/** Loads the library, and has it talk as we do: in the user's language, with colour where it is wanted, without frames. */
export async function openPrompts({ paint }: Pick<CommandContext, 'paint'>): Promise<Prompts> {
  const clack = await import('@clack/prompts');
  // Frames and bars take a third of a narrow terminal, and say nothing.
  clack.updateSettings({ withGuide: false });
  const isPlain = paint('red', '-') === '-';
  const common = { output: changedStdout((text) => promptText(text, isPlain)) };
  const given = <T>(answer: T): Exclude<T, symbol> | null =>
    clack.isCancel(answer) ? null : (answer as Exclude<T, symbol>);
  // Of Enter alone it gives undefined, which its types do not tell.
  const typed = (answer: string | symbol | undefined): string | null => given(answer ?? '');
  return {
    confirm: async (message, initialValue) =>
      given(await clack.confirm({ ...common, message, initialValue, active: t`yes`, inactive: t`no` })),
    select: async <T extends string>(message: string, options: readonly Choice<T>[]) =>
      given(
        await clack.select<string>({ ...common, message, options: [...options], showInstructions: false }),
      ) as T | null,
    search: async (message, find) =>
      given(
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
    text: async (message, { example, problemOf = () => null } = {}) =>
      typed(
        await clack.text({
          ...common,
          message,
          ...(example === undefined ? {} : { placeholder: example }),
          validate: (text) => problemOf(text ?? '') ?? undefined,
        }),
      ),
    password: async (message) => typed(await clack.password({ ...common, message })),
  };
}
