import type { Catalogue } from '../../core/translate.ts';
import { commandLineZhCn } from './command-line.ts';
import { commandsZhCn } from './commands.ts';
import { runnerZhCn } from './runner.ts';

/** All that there is in Simplified Chinese, of the topics of this folder. A key is in one of them. */
export const zhCn: Catalogue = {
  ...commandLineZhCn,
  ...commandsZhCn,
  ...runnerZhCn,
};
