import type { Catalogue } from '../../core/translate.ts';
import { commandLineZhCn } from './command-line.ts';
import { commandsZhCn } from './commands.ts';
import { doctorZhCn } from './doctor.ts';
import { completionZhCn } from './completion.ts';
import { loginZhCn } from './login.ts';
import { queueZhCn } from './queue.ts';
import { initZhCn } from './init.ts';
import { runnerZhCn } from './runner.ts';
import { screensZhCn } from './screens.ts';
import { setUpZhCn } from './set-up.ts';
import { stopZhCn } from './stop.ts';
import { watchZhCn } from './watch.ts';

export { runnerZhCn };

/** All that there is in Simplified Chinese, of the topics of this folder. A key is in one of them. */
export const zhCn: Catalogue = {
  ...commandLineZhCn,
  ...commandsZhCn,
  ...doctorZhCn,
  ...loginZhCn,
  ...queueZhCn,
  ...completionZhCn,
  ...initZhCn,
  ...stopZhCn,
  ...runnerZhCn,
  ...screensZhCn,
  ...setUpZhCn,
  ...watchZhCn,
};
