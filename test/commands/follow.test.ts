import { expect, test } from 'vitest';
import { follow } from '../../src/commands/watch/follow.ts';
import { watchItem } from '../../src/commands/watch/item.ts';
import type { Env } from '../../src/platform/effects.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { startRawServer } from '../fixtures/raw-server.ts';

const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n';
const BUILD = JSON.stringify({ result: { status: 'SUCCESS' }, status: 'success' });
const ENDED = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${BUILD.length}\r\n\r\n${BUILD}`;

/** Follows a build that was started, at a service that gives these answers, the last one for ever. */
async function followed(replies: readonly string[], env: Env = { CODEARTS_HOOKS_TOKEN: 'valid' }) {
  let turn = 0;
  const { url } = await startRawServer((socket) => {
    socket.end(replies[Math.min(turn, replies.length - 1)] ?? '');
    turn += 1;
  });
  const item = watchItem(
    pushEvent(1, {
      endpoint: url,
      iamUrl: url,
      state: 'delivered',
      build: { jobName: 'ci', number: '1', dailyNumber: '1' },
    }),
  );
  let now = item.event.startedAt;
  const waits: number[] = [];
  const told: (string | null)[] = [];
  await follow(item, {
    spools: [],
    authorizer: authorizerFor(url, env, { own: { endpoint: url, iamUrl: url } }),
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    isStopped: () => false,
    changed: ({ problem }) => told.push(problem),
    log: null,
  });
  return { item, waits, told };
}

test('a service that names a time is not asked before it', async () => {
  const { item, waits } = await followed([`${UNAVAILABLE}retry-after: 45\r\n\r\n`, ENDED]);

  expect(item.end).toBe('succeeded');
  expect(waits).toEqual([45_000]);
});

test('a time beyond our patience is not waited for', async () => {
  const { item, waits } = await followed([`${UNAVAILABLE}retry-after: 3600\r\n\r\n`]);

  expect(item.end).toBe('pending');
  expect(item.problem).toContain('HTTP 503');
  expect(waits).toEqual([]);
});

test('no token for now is trouble like any other: told once, with growing pauses, for ten minutes', async () => {
  const env = {
    HW_DOMAIN_NAME: 'domain',
    HW_USER_NAME: 'user',
    HW_USER_PASSWORD: 'password',
  };
  const { item, waits, told } = await followed([`${UNAVAILABLE}\r\n`], env);

  expect(item).toMatchObject({ end: 'pending', problem: expect.stringContaining('503') });
  expect(waits[0]).toBeLessThan(1000);
  expect(waits.at(-1)).toBe(30_000);
  const total = waits.reduce((sum, ms) => sum + ms, 0);
  expect(total).toBeGreaterThanOrEqual(600_000);
  expect(total).toBeLessThan(640_000);
  expect(told).toEqual([null, expect.stringContaining('503'), expect.stringContaining('503')]);
});
