import { expect, test } from 'vitest';
import { type Payload, fitPayload } from '../../src/event/payload.ts';
import { eventId } from '../../src/event/push-event.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';

function payload(messages: readonly string[]): Payload {
  return {
    event_type: 'push',
    ref: 'refs/heads/main',
    before: ZERO_OID,
    after: oidOf('f'),
    commits: messages.map((message) => ({ id: oidOf('f'), message })),
    repository: { name: 'r' },
  };
}

function sizeOf(value: Payload): number {
  return Buffer.byteLength(JSON.stringify(value));
}

test('a payload of ordinary size stays as it is', () => {
  const value = payload(Array.from({ length: 100 }, () => 'x'.repeat(2000)));

  expect(fitPayload(value)).toBe(value);
});

test('of a payload over 256 KiB the oldest commits go, and no more than needed', () => {
  const value = payload(Array.from({ length: 100 }, (_, n) => `${n} ${'"'.repeat(2000)}`));

  const fitted = fitPayload(value);
  const next = payload(value.commits.slice(-fitted.commits.length - 1).map(({ message }) => message));

  expect(fitted.commits.at(-1)).toEqual(value.commits.at(-1));
  expect(sizeOf(fitted)).toBeLessThanOrEqual(256 * 1024);
  expect(sizeOf(next)).toBeGreaterThan(256 * 1024);
});

test('the newest commit is never left out', () => {
  expect(fitPayload(payload(['old', 'x'.repeat(300_000)])).commits).toHaveLength(1);
});

test('bytes are counted, not characters', () => {
  const value = payload(['old', '中'.repeat(90_000)]);

  expect(fitPayload(value).commits).toHaveLength(1);
});

test('an event has the same id for the same note, ref and job, and another for any other', () => {
  const ids = [
    eventId('1.2@3', 'refs/heads/main', 'ci'),
    eventId('1.2@4', 'refs/heads/main', 'ci'),
    eventId('1.2@3', 'refs/heads/mai', 'nci'),
    eventId('1.2@3', 'refs/heads/main', 'ci2'),
    eventId('1.2@3', 'refs/heads/main', ''),
  ];

  expect(eventId('1.2@3', 'refs/heads/main', 'ci')).toBe(ids[0]);
  expect(new Set(ids).size).toBe(5);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}$/);
});
