#!/usr/bin/env node
import { VERSION } from './core/version.ts';
import { commandLine, nodeEffects, processEnv } from './platform/node.ts';

const [first, ...others] = commandLine();
// Scripts ask for it: no more is loaded than it takes.
if (others.length === 0 && (first === '--version' || first === '-V')) {
  nodeEffects().stdout.write(`${VERSION}\n`);
} else {
  void import('./start-cli.ts').then(({ startCli }) => startCli(processEnv()));
}
