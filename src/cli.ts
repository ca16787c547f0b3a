import { ExitCode } from './core/exit-code.ts';
import { main } from './main.ts';
import { commandLine, nodeEffects, setExitCode } from './platform/node.ts';

// Until it is known otherwise: a promise that nothing settles any more would end as if all were well.
setExitCode(ExitCode.Failed);
// No top-level await: this file is bundled as CommonJS, so that what V8 makes of it can be kept.
void main(commandLine(), nodeEffects()).then(setExitCode);
