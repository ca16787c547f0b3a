import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { closedPort, startRawServer } from '../fixtures/raw-server.ts';
import { startSandbox } from '../sandbox/running-sandbox.ts';
import { makePostOffice, ownBranch } from './post-office.ts';

test('what is queued is delivered, and its build, attempt and ledger line are kept', async () => {
  const office = await makePostOffice();
  await office.put(1);

  await office.deliver();

  expect(await office.states()).toEqual(['delivered']);
  expect(await office.event(1)).toMatchObject({
    build: { number: '1' },
    reason: null,
    attempts: [{ outcome: 'accepted', httpStatus: 200, errorCode: null, requestId: expect.any(String) }],
  });
  const ledger = await readFile(join(office.spool.root, 'ledger.jsonl'), 'utf8');
  expect(JSON.parse(ledger)).toMatchObject({
    id: '000000000001',
    attempt: 1,
    state: 'delivered',
    build: '1',
  });
});

test('a reply without an id of its own is taken, too', async () => {
  const office = await makePostOffice();
  const body = '{"actual_build_number":"7"}';
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { url } = await startRawServer((socket) => socket.end(`${head}${body}`));
  await office.put(1, () => ({ endpoint: url }));

  await office.deliver({ endpoint: url });

  expect(await office.event(1)).toMatchObject({ build: { number: '7' }, attempts: [{ requestId: null }] });
});

test('what the service says is unavailable is tried again after its wait, and then taken', async () => {
  const office = await makePostOffice();
  const startedAt = office.clock.now();
  office.sandbox.setFaults([{ kind: 'unavailable' }, { kind: 'unavailable' }]);
  await office.put(1);

  await office.deliver();

  expect((await office.event(1)).attempts.map(({ outcome }) => outcome)).toEqual([
    'retry',
    'retry',
    'accepted',
  ]);
  expect(office.clock.now() - startedAt).toBeGreaterThanOrEqual(35_000);
});

test.each([
  { kind: 'lost-reply' },
  { kind: 'hang', ms: 30, built: true },
  { kind: 'cut-body' },
  { kind: 'status', status: 502, built: true },
] as const)('a build whose answer was lost is found in the history: %j', async (fault) => {
  const office = await makePostOffice();
  office.sandbox.setFaults([fault]);
  await office.put(1);

  await office.deliver();

  expect(await office.event(1)).toMatchObject({
    state: 'delivered',
    build: { number: '1' },
    reason: 'the answer was lost; the build was found in the history',
    attempts: [{ outcome: 'ambiguous' }],
  });
  expect(office.sent()).toHaveLength(1);
});

test.each([
  { kind: 'reset-before-reply' },
  { kind: 'refuse' },
  { kind: 'hang', ms: 30 },
  { kind: 'bad-gateway' },
  { kind: 'gateway-timeout' },
  { kind: 'html' },
  { kind: 'status', status: 200, body: {} },
] as const)(
  'what may have started a build is sent again when the third look finds none: %j',
  async (fault) => {
    const office = await makePostOffice();
    const startedAt = office.clock.now();
    office.sandbox.setFaults([fault]);
    await office.put(1);

    await office.deliver({ stayUntil: startedAt + 100_000 });
    expect(await office.states()).toEqual(['ambiguous']);
    expect([office.sent().length, office.looks()]).toEqual([1, 2]);
    await office.deliver();

    expect([office.sent().length, office.looks()]).toEqual([2, 3]);
    expect(office.clock.now() - startedAt).toBeGreaterThanOrEqual(155_000);
    expect(await office.event(1)).toMatchObject({
      state: 'delivered',
      build: { number: '1' },
      isResent: true,
    });
  },
);

test('a port that is closed is tried as long as this process stays, and then left for the next', async () => {
  const office = await makePostOffice();
  const url = `http://127.0.0.1:${await closedPort()}`;
  await office.put(1, () => ({ endpoint: url }));

  await office.deliver({ endpoint: url, stayUntil: office.clock.now() + 600_000 });

  const event = await office.event(1);
  expect(event).toMatchObject({ state: 'queued', reason: 'the service could not be reached (ECONNREFUSED)' });
  expect(event.attempts.map(({ errorCode }) => errorCode)).toEqual(
    Array.from({ length: 4 }, () => 'ECONNREFUSED'),
  );
  expect(event.nextAttemptAt).toBeGreaterThan(office.clock.now());
});

test('a token that is refused is shown once, however much waits for it', async () => {
  const office = await makePostOffice();
  await office.put(20, ownBranch);

  await office.deliver({}, { CODEARTS_HOOKS_TOKEN: 'not-the-one' });

  expect(await office.states()).toEqual(Array.from({ length: 20 }, () => 'held: login'));
  expect(office.sandbox.requests()).toHaveLength(1);
  expect((await office.event(20)).reason).toContain('APIGW.0301');
});

test('with the right token all that waited for it is delivered, once', async () => {
  const office = await makePostOffice();
  await office.put(20, ownBranch);
  await office.deliver({}, { CODEARTS_HOOKS_TOKEN: 'not-the-one' });

  await office.deliver();

  expect(new Set(await office.states())).toEqual(new Set(['delivered']));
  expect(office.built()).toHaveLength(20);
});

test('what was refused stays held until somebody asks for it; what was never sent goes when it can', async () => {
  const office = await makePostOffice();
  await office.put(2, ownBranch);
  await office.deliver({}, { CODEARTS_HOOKS_TOKEN: 'not-the-one' });

  await office.deliver({ isWake: false });

  expect((await office.states()).toSorted()).toEqual(['delivered', 'held: login']);
});

test('without a token nothing is sent, and what waits says why', async () => {
  const office = await makePostOffice();
  await office.put(2, ownBranch);

  await office.deliver({}, {});
  await office.deliver({}, { CODEARTS_HOOKS_TOKEN: 'a b' });

  expect(await office.states()).toEqual(['held: login', 'held: login']);
  expect((await office.event(1)).reason).toContain('malformed');
  expect(office.sandbox.requests()).toEqual([]);
});

test('a token is never sent to another endpoint than its own', async () => {
  const office = await makePostOffice();
  const elsewhere = await startSandbox({ token: office.sandbox.token });
  await office.put(1, () => ({ endpoint: elsewhere.url }));
  await office.put(1);

  await office.deliver();

  expect(await office.states()).toEqual(['held: login', 'delivered']);
  expect((await office.event(1)).reason).toContain(`no credentials for ${elsewhere.url}`);
  expect(elsewhere.requests()).toEqual([]);
});

test.each([
  ['no endpoint', { endpoint: null }, 'held: endpoint'],
  ['no job', { job: null }, 'held: config'],
  ['no payload', { payload: null }, 'held: config'],
])('an event with %s is held', async (_, more, expected) => {
  const office = await makePostOffice();
  await office.put(1, () => more);

  await office.deliver();

  expect(await office.states()).toEqual([expected]);
  expect(office.sandbox.requests()).toEqual([]);
});

test('what the service rejects has failed, with its reason', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'error-code-in-200' }]);
  await office.put(1);

  await office.deliver();

  expect(await office.states()).toEqual(['failed']);
  expect((await office.event(1)).reason).toContain('DEVCB.00031006');
});

test.each([
  ['is taken then', [{ kind: 'none' }], 'delivered'],
  ['fails when that is too large, too', [{ kind: 'status', status: 413 }], 'failed'],
] as const)(
  'what is too large is sent once more with its newest commit alone, and %s',
  async (_, faults, state) => {
    const office = await makePostOffice();
    const { payload } = pushEvent(1);
    const commits = ['1', '2'].map((digit) => ({ id: oidOf(digit), message: digit }));
    await office.put(1, () => ({ payload: payload && { ...payload, commits } }));
    office.sandbox.setFaults([{ kind: 'status', status: 413, body: 'too large' }, ...faults]);

    await office.deliver();

    expect(await office.states()).toEqual([state]);
    expect(office.sandbox.requests().map(({ body }) => (body as typeof payload)?.commits)).toEqual([
      commits,
      commits.slice(1),
    ]);
  },
);
