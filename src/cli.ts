import { main } from './main.ts';
import { commandLine, nodeEffects, setExitCode } from './platform/node.ts';

// No top-level await: this file is bundled as CommonJS, so that what V8 makes of it can be kept.
void main(commandLine(), nodeEffects()).then(setExitCode);
