import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { nearestTo } from '../core/nearest.ts';
import { t } from '../core/translate.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { type CompletedCommand, SHELLS, type Shell, grammarOf } from './completion/grammar.ts';
import { zshCompletion } from './completion/zsh.ts';
import type { Run } from './define.ts';
import { COMMANDS } from './index.ts';

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `completion <shell>`: prints a script by which the shell completes our commands. */
export const completion: Run = async ([name = ''], _options, context) => {
  const shell = SHELLS.find((one) => one === name);
  if (shell === undefined) {
    const near = nearestTo(name, SHELLS);
    throw new UserError('usage', t`there is no completion for ${name}, only for ${SHELLS.join(', ')}`, {
      hint: near === null ? 'codearts-hooks completion bash' : t`did you mean ${near}?`,
    });
  }
  context.print(SCRIPTS[shell](grammarOf(COMMANDS)));
  return ExitCode.Ok;
};
