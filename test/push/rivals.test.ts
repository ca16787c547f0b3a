import { describe, expect, test } from 'vitest';
import {
  type Rival,
  type Sighting,
  isOutdone,
  isSucceeded,
  repeatOf,
  speaksFor,
} from '../../src/push/rivals.ts';

/** A push of main from A to B, from 1,500 to 1,550. */
const OWN: Sighting = {
  url: 'u',
  ref: 'refs/heads/main',
  before: 'A',
  after: 'B',
  startedAt: 1500,
  endedAt: 1550,
  pushProcess: '1 1 boot',
};

/** Another one, begun later, not settled. */
function rival(more: Partial<Rival> = {}): Rival {
  return { ...OWN, startedAt: 1600, pushProcess: '2 2 boot', evidence: null, endedAt: null, ...more };
}

const OTHERS: readonly (readonly [string, Partial<Rival>])[] = [
  ['to another address', { url: 'v' }],
  ['of another ref', { ref: 'refs/heads/topic' }],
  ['of the same process', { pushProcess: OWN.pushProcess }],
];

describe('a push is made again', () => {
  test('by the first later one of the same value, whatever the old one', () => {
    const [second, third] = [rival({ before: 'C' }), rival({ startedAt: 1700 })];

    expect(repeatOf(OWN, [third, second])).toBe(second);
  });

  test.each([
    ...OTHERS,
    ['of another value', { after: 'C' }],
    ['that began before', { startedAt: 1400 }],
  ] as const)('not by one %s', (_, more) => {
    expect(repeatOf(OWN, [rival(more)])).toBeNull();
  });

  test('not by one whose process is not known, like ours, at the same instant', () => {
    expect(
      repeatOf({ ...OWN, pushProcess: null }, [rival({ pushProcess: null, startedAt: 1500 })]),
    ).toBeNull();
  });
});

describe('a push is succeeded', () => {
  test('by a later one that found its value at the remote', () => {
    expect(isSucceeded(OWN, [rival({ before: 'B', after: 'C' })])).toBe(true);
  });

  test('before it is made again, and not after', () => {
    const again = rival({ startedAt: 1700 });

    expect(isSucceeded(OWN, [again, rival({ before: 'B', after: 'A', startedAt: 1650 })])).toBe(true);
    expect(isSucceeded(OWN, [again, rival({ before: 'B', after: 'C', startedAt: 1750 })])).toBe(false);
  });

  test.each([...OTHERS, ['that began before', { startedAt: 1400 }]] as const)('not by one %s', (_, more) => {
    expect(isSucceeded(OWN, [rival({ before: 'B', after: 'C', ...more })])).toBe(false);
  });
});

describe('a push is outdone', () => {
  const other = { after: 'C' };
  test.each<[string, Partial<Rival>, boolean, boolean]>([
    ['one that began later, once the remote was asked', other, true, true],
    ['one that began later, before that', other, false, false],
    ['one that began later and was taken', { ...other, evidence: 'reflog', endedAt: 1700 }, false, true],
    [
      'one in flight at its beginning that was taken',
      { ...other, startedAt: 1400, evidence: 'remote', endedAt: 1500 },
      true,
      true,
    ],
    ['one over before it', { ...other, startedAt: 1300, evidence: 'remote', endedAt: 1499 }, true, false],
    ['an earlier one that is not settled', { ...other, startedAt: 1400 }, true, false],
    ['one from another value', { ...other, before: 'D' }, true, false],
    ['one of the same value', {}, true, false],
    ['one of another ref', { ...other, ref: 'refs/heads/topic' }, true, false],
  ])('by %s', (_, more, isValueKnown, expected) => {
    expect(isOutdone(OWN, [rival(more)], isValueKnown)).toBe(expected);
  });
});

describe('the log speaks for a push', () => {
  const entry = { pushes: 1, newestAt: null, isElsewhere: false };

  test('that has none beside it', () => {
    expect(speaksFor(OWN, entry, [])).toBe(true);
    expect(speaksFor(OWN, { ...entry, pushes: 0 }, [])).toBe(false);
  });

  test.each<[string, Partial<Rival>, boolean]>([
    ['a later push of that second, not over', {}, false],
    ['a later push of that second', { evidence: 'remote', endedAt: 1700 }, false],
    ['an earlier push of that second', { startedAt: 1000, evidence: 'reflog', endedAt: 1100 }, false],
    ['a push of a later second', { startedAt: 2000 }, true],
    ['a push of an earlier second', { startedAt: 500, evidence: 'reflog', endedAt: 999 }, true],
    ['a push of another value', { after: 'C' }, true],
    ['an earlier push that ours repeats', { startedAt: 1400 }, true],
    ['an earlier push from another value', { startedAt: 1400, before: 'C' }, false],
  ])('with one entry beside %s: %s', (_, more, expected) => {
    expect(speaksFor(OWN, entry, [rival(more)])).toBe(expected);
  });

  test('with an entry for each of them, however many hooks have seen the other one', () => {
    const others = [rival(), rival({ evidence: 'reflog', endedAt: 1700 })];

    expect(speaksFor(OWN, { ...entry, pushes: 2 }, others)).toBe(true);
    expect(speaksFor(OWN, { ...entry, pushes: 1 }, others)).toBe(false);
  });

  test.each<[string, Partial<Rival>, boolean]>([
    ['had not begun', { startedAt: 1541 }, true],
    ['was over', { startedAt: 1400, before: 'C', evidence: 'reflog', endedAt: 1539 }, true],
    ['was under way', { startedAt: 1530 }, false],
  ])('by its newest entry, when another one %s: %s', (_, more, expected) => {
    expect(speaksFor(OWN, { ...entry, newestAt: 1540 }, [rival(more)])).toBe(expected);
  });

  test('beside an earlier push of the same values that was undone between', () => {
    const undone = rival({ before: 'B', after: 'A', startedAt: 1450 });

    expect(speaksFor(OWN, entry, [rival({ startedAt: 1400 }), undone])).toBe(false);
  });
});
