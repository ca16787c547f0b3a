import { expect, test } from 'vitest';
import { PLACEHOLDER_TEXT, fillPlaceholders, placeholderProblem } from '../../src/config/placeholders.ts';

const VALUES = { ref: 'refs/heads/main', branch: 'main', tag: '', before: 'b', after: 'a' };

test.each([
  ['${ref}', 'refs/heads/main'],
  ['${branch}-${after}', 'main-a'],
  ['[${tag}]', '[]'],
  ['${before}..${after}', 'b..a'],
  ['plain', 'plain'],
  ['', ''],
  ['$${ref}', '${ref}'],
  ['$$${ref}', '$${ref}'],
  ['$ref $', '$ref $'],
  ['${ref', '${ref'],
  ['line\n${branch}\n', 'line\nmain\n'],
])('%j becomes %j', (text, filled) => {
  expect(placeholderProblem(text)).toBeNull();
  expect(PLACEHOLDER_TEXT.test(text)).toBe(true);
  expect(fillPlaceholders(text, VALUES)).toBe(filled);
});

test('what is filled in is not looked through again', () => {
  expect(fillPlaceholders('${branch}', { ...VALUES, branch: '${tag}$&$1' })).toBe('${tag}$&$1');
});

test.each(['${x}', '${REF}', '${ ref }', '${}', 'a${b}${ref}', '$$$$${x}'])(
  'the pattern of the schema and the check agree about %j',
  (text) => {
    expect(PLACEHOLDER_TEXT.test(text)).toBe(placeholderProblem(text) === null);
  },
);
