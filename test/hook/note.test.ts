import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseNote } from '../../src/hook/note.ts';
import { run } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const LINE = `refs/heads/main ${A} refs/heads/main ${B}`;
const HEAD = [
  'hook pre-push',
  'push 17 1234',
  'boot x-y',
  'cwd /w',
  'git-dir .git',
  'remote origin',
  'url /r',
];

function noteText(
  header: readonly string[],
  lines: readonly string[],
  end = `end ${lines.length}\n`,
): string {
  return ['codearts-hooks 1', ...header, '', ...lines, end].join('\n');
}

/** What hooks/note writes for a push: the shim itself, as the pre-push hook reads it. */
async function writtenNote(args: readonly string[], stdin: string, env: Record<string, string> = {}) {
  const state = await scratchFolder();
  await mkdir(join(state, 'notes'));
  for (const name of ['lines', 'note']) await copyFile(resolve('hooks', name), join(state, name));
  await run('sh', ['-c', '_state=$PWD; . ./note', 'pre-push', ...args], {
    cwd: state,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdin,
  });
  const [name = 'no note'] = await readdir(join(state, 'notes'));
  return { state, text: await readFile(join(state, 'notes', name), 'utf8') };
}

test('a note is read', () => {
  expect(parseNote(noteText(HEAD, [LINE]))).toEqual({
    hook: 'pre-push',
    push: { pid: 17, start: '1234' },
    boot: 'x-y',
    cwd: '/w',
    gitDir: '.git',
    workTree: null,
    remote: 'origin',
    url: '/r',
    off: false,
    updates: [{ ref: 'refs/heads/main', before: B, after: A, localRef: 'refs/heads/main' }],
  });
});

test('a source that is spelled with line feeds is one update', async () => {
  const spelled = ':/foo\n\nbar';
  const stdin = `${spelled} ${A} refs/tags/n1 ${B}\n${LINE}\n`;
  const { text } = await writtenNote(['origin', '/r'], stdin);

  expect(parseNote(text).updates).toEqual([
    { ref: 'refs/tags/n1', before: B, after: A, localRef: spelled },
    { ref: 'refs/heads/main', before: B, after: A, localRef: 'refs/heads/main' },
  ]);
  expect(() => parseNote(noteText(HEAD, [LINE, ':/foo']))).toThrow('not a pre-push line');
});

test('what the shim writes is what the parser reads', async () => {
  const { state, text } = await writtenNote(
    ['origin', 'https://u:secret@host/r.git'],
    `${LINE}\n(delete) ${'0'.repeat(40)} refs/heads/x ${B}\n`,
  );

  expect(text).not.toContain('secret');
  expect(parseNote(text)).toMatchObject({
    hook: 'pre-push',
    cwd: state,
    gitDir: '.git',
    remote: 'origin',
    url: 'https://host/r.git',
    off: false,
    updates: [{ ref: 'refs/heads/main' }, { ref: 'refs/heads/x', localRef: '(delete)' }],
  });
});

test('the shim writes a note that says off, and one without updates', async () => {
  const { text } = await writtenNote(['origin', '/r'], '', { CODEARTS_HOOKS: '0', GIT_DIR: '/x/.git' });

  expect(parseNote(text)).toMatchObject({ off: true, gitDir: '/x/.git', updates: [] });
});

test('a name of several lines cannot forge a header line', async () => {
  const { text } = await writtenNote(['a\noff 1\nurl evil', '/r'], `${LINE}\n`);

  expect(parseNote(text)).toMatchObject({ off: false, url: '/r', remote: '' });
});

test('a note of a hundred and more updates is written and read whole', async () => {
  const lines = Array.from({ length: 250 }, (_, n) => `x ${A} refs/heads/b${n} ${B}\n`).join('');

  const { text } = await writtenNote(['origin', '/r'], lines);

  expect(parseNote(text).updates).toHaveLength(250);
});

test.each([
  ['post-push', null],
  ['post-receive', null],
])('a note of %s has lines as git gives them after a push', (hook, push) => {
  const note = parseNote(noteText([`hook ${hook}`], [`${A} ${B} refs/heads/main`]));

  expect(note).toMatchObject({ hook, push, updates: [{ ref: 'refs/heads/main', before: A, after: B }] });
});

test.each([
  ['a push that was not found', ['hook pre-push', 'push 0 0'], { push: null, boot: null }],
  ['a process id that is none', ['hook pre-push', 'push x y'], { push: null }],
  ['a process without a start time', ['hook pre-push', 'push 9'], { push: { pid: 9, start: '' } }],
  ['a work tree elsewhere', ['hook pre-push', 'work-tree ../tree'], { workTree: '../tree' }],
  ['a value with spaces', ['hook pre-push', 'cwd /a b  c'], { cwd: '/a b  c' }],
  ['a value that is empty', ['hook pre-push', 'remote', 'url '], { remote: '', url: '' }],
  ['a header line of a later version', ['hook pre-push', 'colour red'], { off: false }],
])('a note with %s is read', (_, header, expected) => {
  expect(parseNote(noteText(header, [LINE]))).toMatchObject(expected);
});

test('a local ref called end does not look like the last line', () => {
  const lines = [`end ${A} refs/heads/x ${B}`, LINE];

  expect(parseNote(noteText(HEAD, lines)).updates.map(({ localRef }) => localRef)).toEqual([
    'end',
    'refs/heads/main',
  ]);
});

test.each([
  ['nothing', ''],
  ['another version', noteText(HEAD, [LINE]).replace('hooks 1', 'hooks 2')],
  ['no hook', noteText([], [LINE])],
  ['an unknown hook', noteText(['hook post-merge'], [LINE])],
  ['no empty line', `codearts-hooks 1\nhook pre-push\n${LINE}\nend 1\n`],
  ['no last line', noteText(HEAD, [LINE], '')],
  ['a last line that is cut', noteText(HEAD, [LINE], 'en')],
  ['a last line without its end', noteText(HEAD, [LINE], 'end 1')],
  ['too few updates', noteText(HEAD, [LINE], 'end 2\n')],
  ['too many updates', noteText(HEAD, [LINE, LINE], 'end 1\n')],
  ['something after the last line', `${noteText(HEAD, [LINE])}more\n`],
  ['a torn update', noteText(HEAD, [LINE.slice(0, -5)])],
  ['zeroes, as a crash leaves a file', '\0'.repeat(300)],
  ['lines of another hook', noteText(HEAD, [`${A} ${B} refs/heads/main`])],
])('a note with %s is refused', (_, text) => {
  expect(() => parseNote(text)).toThrow(SyntaxError);
});
