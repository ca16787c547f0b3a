#!/usr/bin/env node
import { main } from './main.ts';
import { commandLine, nodeEffects, setExitCode } from './platform/node.ts';

setExitCode(await main(commandLine(), nodeEffects()));
