import { describe, expect, test } from 'vitest';
import { isPassing } from '../../src/rules/check.ts';
import { checkRef } from '../../src/rules/ref-filter.ts';

type Rules = Parameters<typeof checkRef>[0];

const MAIN = 'refs/heads/main';
const TOPIC = 'refs/heads/topic';
const V1 = 'refs/tags/v1';
const X = 'refs/tags/x';
const ALL = [MAIN, TOPIC, V1, X];

/** As in GitHub Actions, but that without any rule tags start nothing. */
const CASES: readonly (readonly [Rules, readonly string[]])[] = [
  [{}, [MAIN, TOPIC]],
  [{ branches: ['main'] }, [MAIN]],
  [{ branches: [] }, []],
  [{ 'branches-ignore': ['main'] }, [TOPIC]],
  [{ 'branches-ignore': ['**', '!main'] }, [MAIN]],
  [{ 'branches-ignore': [] }, [MAIN, TOPIC]],
  [{ branches: ['**'], 'branches-ignore': ['t*'] }, [MAIN]],
  [{ branches: ['main'], 'branches-ignore': ['main'] }, []],
  [{ tags: ['v*'] }, [V1]],
  [{ tags: [] }, []],
  [{ 'tags-ignore': ['v*'] }, [X]],
  [{ 'tags-ignore': [] }, [MAIN, TOPIC]],
  [{ tags: ['**'], 'tags-ignore': ['x'] }, [V1]],
  [{ branches: ['main'], tags: ['v*'] }, [MAIN, V1]],
  [{ branches: ['main'], 'tags-ignore': ['v*'] }, [MAIN, X]],
  [{ 'branches-ignore': ['main'], tags: ['v*'] }, [TOPIC, V1]],
  [{ 'branches-ignore': ['main'], 'tags-ignore': ['v*'] }, [TOPIC, X]],
  [{ branches: ['main'], 'branches-ignore': [], tags: [], 'tags-ignore': [] }, [MAIN]],
  [{ branches: ['refs/heads/main'] }, []],
];

describe.each(CASES)('%j', (rules, asked) => {
  test.each(ALL)('asks for %s or does not', (ref) => {
    expect(isPassing({ checks: checkRef(rules, ref) })).toBe(asked.includes(ref));
  });
});

test.each(['refs/for/main', 'refs/notes/commits', 'refs/heads', 'HEAD'])(
  'nothing asks for %s, which is neither a branch nor a tag',
  (ref) => {
    const checks = checkRef({ branches: ['**'], tags: ['**'] }, ref);

    expect(checks).toEqual([
      { key: 'branches', index: null, isPassed: false, detail: `${ref} is neither a branch nor a tag` },
    ]);
  },
);

test.each<readonly [string, Rules, string, readonly string[]]>([
  ['no rule', {}, MAIN, ['+ branches: every one counts']],
  ['no rule for tags', {}, V1, ['- tags: tags start a job only when "tags" asks for them']],
  ['a pattern', { branches: ['x', 'm*'] }, MAIN, ['+ branches[1]: main matches "m*"']],
  ['no pattern', { branches: ['x'] }, MAIN, ['- branches: no pattern matches main']],
  [
    'a pattern that takes it back',
    { branches: ['**', '!main'] },
    MAIN,
    ['- branches[1]: main is taken back by "!main"'],
  ],
  [
    'what is ignored',
    { 'branches-ignore': ['x', 'main'] },
    MAIN,
    ['+ branches: every one counts', '- branches-ignore[1]: main is ignored by "main"'],
  ],
  [
    'what is not ignored',
    { tags: ['v*'], 'tags-ignore': ['x'] },
    V1,
    ['+ tags[0]: v1 matches "v*"', '+ tags-ignore: v1 is not ignored'],
  ],
  [
    'rules for the other kind alone',
    { tags: ['v*'] },
    MAIN,
    ['- branches: the job has "tags" and no "branches": it is for tags alone'],
  ],
  [
    'what is ignored of the other kind',
    { 'tags-ignore': ['v*'] },
    MAIN,
    ['- branches: the job has "tags-ignore" and no "branches": it is for tags alone'],
  ],
])('with %s it is told which pattern decided, and why', (_, rules, ref, expected) => {
  const lines = checkRef(rules, ref).map(
    ({ key, index, isPassed, detail }) =>
      `${isPassed ? '+' : '-'} ${key}${index === null ? '' : `[${index}]`}: ${detail}`,
  );

  expect(lines).toEqual(expected);
});
