import * as fc from 'fast-check';
import { toUnicode } from '../../src/core/bytes.ts';

/** A commit of a history: its parents are commits before it, by their places. */
export interface PlannedCommit {
  readonly parents: readonly number[];
  readonly message: string;
  readonly time: number;
}

/** A push: what refs of the remote become, by the places of commits; null deletes. */
export type PlannedPush = Readonly<Record<string, number | null>>;

/** A history, and what is pushed of it, one after the other, by force where it takes that. */
export interface HistoryPlan {
  readonly commits: readonly PlannedCommit[];
  readonly pushes: readonly PlannedPush[];
  readonly max: number;
  readonly maxMessageBytes: number;
}

const REFS = [
  'refs/heads/main',
  'refs/heads/topic',
  'refs/heads/a/b',
  'refs/tags/light',
  'refs/tags/annotated',
  'refs/tags/nested',
];

const message = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('a', ' ', '\n', '中', 'é', '😀', '\u202e'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 60,
  })
  // git ends a message at a NUL; a commit of fast-import may have any other.
  .map((text) => toUnicode(text.replaceAll('\0', ' ')));

/** Up to three parents among the commits before; mostly the last one, sometimes none. */
function parentsOf(index: number) {
  if (index === 0) return fc.constant<readonly number[]>([]);
  const some = fc.uniqueArray(fc.nat({ max: index - 1 }), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant([index - 1]) },
    { weight: 4, arbitrary: some },
    { weight: 1, arbitrary: fc.constant([]) },
  );
}

/** Random histories: merges, octopuses, several roots, clocks that go back; branches and tags, made, moved and deleted. */
export const historyPlans: fc.Arbitrary<HistoryPlan> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    commits: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.record({
          parents: parentsOf(index),
          message,
          time: fc.oneof(
            fc.constant(1_700_000_000 + index),
            fc.integer({ min: 1_000_000_000, max: 1_900_000_000 }),
          ),
        }),
      ),
    ),
    pushes: fc.array(
      fc.dictionary(fc.constantFrom(...REFS), fc.option(fc.nat({ max: size - 1 }), { freq: 6 }), {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    max: fc.oneof(fc.constant(20), fc.integer({ min: 1, max: 5 })),
    maxMessageBytes: fc.oneof(fc.constant(2000), fc.integer({ min: 1, max: 40 })),
  }),
);
