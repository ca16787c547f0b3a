#!/usr/bin/env node
import { VERSION } from './core/version.ts';
import { commandLine, nodeEffects, processEnv } from './platform/node.ts';

const argv = commandLine();
const [first, ...others] = argv;
const start = async (): Promise<void> => {
  const { startCli } = await import('./start-cli.ts');
  startCli(argv, processEnv());
};
// Scripts ask for it: no more is loaded than it takes.
if (others.length === 0 && (first === '--version' || first === '-V')) {
  const { stdout } = nodeEffects();
  stdout.write(`${VERSION}\n`);
  // The whole program can say why not.
  void stdout.finish().catch(start);
} else void start();
