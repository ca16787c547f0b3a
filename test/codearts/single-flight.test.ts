import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { makeProgram } from '../fixtures/program.ts';
import { until } from '../fixtures/run.ts';
import { startGate, userEnv } from './gate.ts';

const PROCESSES = process.env['TRUST'] === 'full' ? 20 : 6;

test(`${PROCESSES} processes at once ask IAM once, and all have its token`, async () => {
  const gate = await startGate();
  const program = await makeProgram('test/codearts/token-program.ts');
  const env = { ...process.env, HOME: gate.home, ...userEnv(gate.sandbox), CODEARTS_HOOKS_TOKEN: '' };
  const started = Array.from({ length: PROCESSES }, () => {
    const child = spawn(process.execPath, [program, gate.sandbox.url], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return { child, ended: once(child, 'close'), text: () => text };
  });
  await until('all to be ready', async () => started.every(({ text }) => text() === 'ready\n'));

  for (const { child } of started) child.stdin.write('go\n');
  await Promise.all(started.map(({ ended }) => ended));

  expect(started.map(({ text }) => text())).toEqual(started.map(() => 'ready\n200\n'));
  expect(gate.requests().filter((each) => each.includes('tokens'))).toEqual(['POST tokens 201']);
});
