import { expect, test } from 'vitest';
import { parsePostReceiveLine } from '../../src/hook/post-receive.ts';
import { parsePrePushLine } from '../../src/hook/pre-push.ts';
import { parseTransaction } from '../../src/hook/reference-transaction.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const Z = '0'.repeat(40);
const LONG = 'c'.repeat(64);

test.each([
  ['a branch', 'refs/heads/main', A, 'refs/heads/main', B],
  ['a new branch', 'HEAD', A, 'refs/heads/x', Z],
  ['a deletion', '(delete)', Z, 'refs/heads/x', B],
  ['a source as the user wrote it', 'HEAD~', A, 'refs/heads/x', B],
  ['a source with spaces', 'main@{1 day ago}', A, 'refs/heads/x', B],
  ['SHA-256', 'x', LONG, 'refs/heads/x', LONG],
  ['a ref like an option', 'x', A, 'refs/heads/--output=x', B],
  ['a ref like a command', 'x', A, 'refs/heads/`id`$(id)', B],
  ['a ref in Chinese', 'x', A, 'refs/heads/中文', B],
])('a pre-push line of %s is read', (...[, localRef, after, ref, before]) => {
  expect(parsePrePushLine(`${localRef} ${after} ${ref} ${before}`)).toEqual({ ref, localRef, before, after });
});

test.each([
  ['nothing', ''],
  ['three fields', `${A} refs/heads/main ${B}`],
  ['a cut last value', `refs/heads/main ${A} refs/heads/main ${B.slice(1)}`],
  ['a cut first value', `refs/heads/main ${A.slice(1)} refs/heads/main ${B}`],
  ['no ref', `refs/heads/main ${A}  ${B}`],
  ['a carriage return', `refs/heads/main ${A} refs/heads/main ${B}\r`],
  ['a post-receive line', `${A} ${B} refs/heads/main`],
])('a pre-push line with %s is refused and not guessed at', (_, line) => {
  expect(() => parsePrePushLine(line)).toThrow(SyntaxError);
});

test.each([
  ['a branch', `${A} ${B} refs/heads/main`, 'refs/heads/main'],
  ['a ref like an option', `${A} ${B} refs/heads/-x`, 'refs/heads/-x'],
  [
    'a ref with a space, which git refuses but a script may write',
    `${A} ${B} refs/heads/a b`,
    'refs/heads/a b',
  ],
])('a post-receive line of %s is read', (_, line, ref) => {
  expect(parsePostReceiveLine(line)).toEqual({ ref, before: A, after: B, localRef: null });
});

test.each([
  ['nothing', ''],
  ['no ref', `${A} ${B}`],
  ['a short name', `${A} ${B} main`],
  ['an option', `${A} ${B} --output=x`],
  ['a cut value', `${A} ${B.slice(1)} refs/heads/main`],
  ['a pre-push line', `refs/heads/main ${A} refs/heads/main ${B}`],
])('a post-receive line with %s is refused', (_, line) => {
  expect(() => parsePostReceiveLine(line)).toThrow(SyntaxError);
});

test('of a transaction the new values are kept, in order', () => {
  const text = `${Z} ${A} refs/remotes/origin/main\n${Z} ${Z} refs/remotes/origin/gone\n`;

  expect(parseTransaction(text)).toEqual([
    { after: A, ref: 'refs/remotes/origin/main' },
    { after: Z, ref: 'refs/remotes/origin/gone' },
  ]);
});

test.each([
  ['nothing', ''],
  ['a symbolic ref', `${Z} ref:refs/heads/main HEAD\n`],
  ['a cut value', `${Z} ${A.slice(1)} refs/heads/main\n`],
  ['a cut line', `${Z} ${A}`],
  ['noise', 'committed\n\0\n'],
])('a transaction of %s proves nothing', (_, text) => {
  expect(parseTransaction(text)).toEqual([]);
});
