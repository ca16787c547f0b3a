import {
  commandLine,
  limitLifetime,
  nodeEffects,
  outliveTerminal,
  readStdin,
  setExitCode,
} from '../platform/node.ts';
import { hasInput } from './arguments.ts';
import { runnerMain } from './main.ts';

const LIFETIME_MS = 20 * 60_000;
const STDIN_LIMIT = 64 * 1024 * 1024;

outliveTerminal();
limitLifetime(LIFETIME_MS);
// No top-level await: this file is bundled as CommonJS, which starts faster.
const argv = commandLine();
(hasInput(argv) ? readStdin(STDIN_LIMIT) : Promise.resolve(''))
  .then((stdin) => runnerMain(argv, stdin, nodeEffects()))
  .catch((error: unknown) => {
    nodeEffects().stderr.write(`codearts-hooks runner: ${String(error)}\n`);
    setExitCode(1);
  });
