#!/usr/bin/env node
import { VERSION } from './core/version.ts';
import { commandLine, nodeEffects } from './platform/node.ts';

const { env, stdout } = nodeEffects();
const [first, ...others] = commandLine();
// Scripts ask for it: no more is loaded than it takes.
if (others.length === 0 && (first === '--version' || first === '-V')) stdout.write(`${VERSION}\n`);
else (await import('./start-cli.ts')).startCli(env);
