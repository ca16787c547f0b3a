import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Env } from '../../src/platform/effects.ts';
import { makeProgram } from '../fixtures/program.ts';
import { until } from '../fixtures/run.ts';
import { type TestGate, WRONG_KEY, keyEnv, startGate, userEnv } from './gate.ts';

const PROCESSES = process.env['TRUST'] === 'full' ? 20 : 6;

/** What as many processes print that ask for a build at the same moment. */
async function together(gate: TestGate, userVariables: Env): Promise<string[]> {
  const program = await makeProgram('test/codearts/token-program.ts');
  const env = { ...process.env, HOME: gate.home, CODEARTS_HOOKS_TOKEN: '', ...userVariables };
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
  return started.map(({ text }) => text().replace('ready\n', '').trim());
}

test(`${PROCESSES} processes at once ask IAM once, and all have its token`, async () => {
  const gate = await startGate();

  const printed = await together(gate, userEnv(gate.sandbox));

  expect(printed).toEqual(printed.map(() => '200'));
  expect(gate.requests().filter((each) => each.includes('tokens'))).toEqual(['POST tokens 201']);
});

test(`a token that ends is fetched anew once by ${PROCESSES} processes that find out at once`, async () => {
  const gate = await startGate();
  await gate.trigger(gate.process(userEnv(gate.sandbox)));
  gate.sandbox.setFaults(Array.from({ length: PROCESSES }, () => ({ kind: 'token-expired' as const })));

  const printed = await together(gate, userEnv(gate.sandbox));

  expect(printed).toEqual(printed.map(() => '200'));
  expect(gate.requests().filter((each) => each.includes('tokens'))).toEqual([
    'POST tokens 201',
    'POST tokens 201',
  ]);
});

test.each([
  ['key', WRONG_KEY, 'POST auto-execute 401'],
  [
    'password',
    { HW_USER_NAME: 'dev', HW_USER_PASSWORD: 'PASSWRONG01', HW_DOMAIN_NAME: 'acme' },
    'POST tokens 401',
  ],
])(
  `a wrong %s is sent twice by ${PROCESSES} processes at once: six would lock it`,
  async (_, env, request) => {
    const gate = await startGate();

    const printed = await together(gate, env);

    expect(gate.requests()).toEqual([request, request]);
    expect(printed.filter((each) => !/401|login|REFUSED_BEFORE/.test(each))).toEqual([]);
  },
);

test('where signatures are not taken all of them get the user’s token instead', async () => {
  const gate = await startGate();
  gate.sandbox.setRules({ takesSignatures: false });

  const printed = await together(gate, { ...keyEnv(gate.sandbox), ...userEnv(gate.sandbox) });

  expect(printed).toEqual(printed.map(() => '200'));
  expect(gate.requests().filter((each) => each.endsWith('401'))).toHaveLength(2);
});

test('a key that is right starts a build in each of them', async () => {
  const gate = await startGate();

  const printed = await together(gate, keyEnv(gate.sandbox));

  expect(printed).toEqual(printed.map(() => '200'));
  expect(gate.requests()).toEqual(printed.map(() => 'POST auto-execute 200'));
});
