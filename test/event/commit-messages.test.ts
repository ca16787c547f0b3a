import { expect, test } from 'vitest';
import { listCommits } from '../../src/event/commits.ts';
import type { Oid } from '../../src/core/oid.ts';
import { type Repo, makeRepo, writeObject } from '../fixtures/repo.ts';

const LIMITS = { max: 20, maxMessageBytes: 2000 };

async function messageOf(repo: Repo, after: Oid, limits = LIMITS): Promise<string | undefined> {
  return (await listCommits(repo.product, after, [], limits))?.commits.at(-1)?.message;
}

/** A commit object that git itself would not make: its headers, then the message's bytes. */
async function rawCommit(repo: Repo, headers: readonly string[], message: Buffer): Promise<Oid> {
  await repo.commit('for its tree');
  const tree = await repo.revision('HEAD^{tree}');
  const who = 'Dev <dev@example.com> 1 +0000';
  const head = [`tree ${tree}`, `author ${who}`, `committer ${who}`, ...headers, '', ''].join('\n');
  return await writeObject(repo, 'commit', Buffer.concat([Buffer.from(head), message]));
}

test.each([
  ['one line', 'one', 'one'],
  ['several lines', 'one\n\ntwo\n  three\n', 'one\n\ntwo\n  three'],
  ['Chinese and emoji', '修复：中文 😀', '修复：中文 😀'],
  ['nothing', '', ''],
  ['empty lines at its end', 'one\n\n\n', 'one'],
  ['carriage returns', 'one\r\ntwo\r\n', 'one\r\ntwo'],
  ['escape sequences, which are data here', '\u001b[31mred ::set-output x', '\u001b[31mred ::set-output x'],
  ['what looks like git’s own lines', `commit ${'a'.repeat(40)}\nx`, `commit ${'a'.repeat(40)}\nx`],
  ['the marks of text that runs the other way', 'a\u202eb', 'a\u202eb'],
])('a message of %s is sent as it is', async (_, message, expected) => {
  const repo = await makeRepo();

  expect(await messageOf(repo, await repo.commit(message))).toBe(expected);
});

test.each([
  ['abcdef', 3, 'abc'],
  ['ab 中文', 9, 'ab 中文'],
  ['ab 中文', 8, 'ab 中'],
  ['ab 中文', 5, 'ab'],
  ['😀😀', 7, '😀'],
  ['a\n\n\nb', 3, 'a'],
])('the message %j in %i bytes is %j', async (message, maxMessageBytes, expected) => {
  const repo = await makeRepo();

  expect(await messageOf(repo, await repo.commit(message), { ...LIMITS, maxMessageBytes })).toBe(expected);
});

test('a message of 10 MB is cut', async () => {
  const repo = await makeRepo();
  const after = await repo.commit('中'.repeat(3_500_000));

  expect(await messageOf(repo, after)).toBe('中'.repeat(666));
});

test('a long message does not hide those before and after it', async () => {
  const repo = await makeRepo();
  await repo.commit('one');
  await repo.commit('x'.repeat(200_000));
  const after = await repo.commit('three');

  const list = await listCommits(repo.product, after, [], LIMITS);

  expect(list?.commits.map(({ message }) => message.length)).toEqual([3, 2000, 5]);
});

test('a message with a NUL ends there, as git has it, and the next is whole', async () => {
  const repo = await makeRepo();
  const odd = await rawCommit(repo, [], Buffer.from('before\0after\n'));
  const { stdout } = await repo.git(['commit-tree', '-p', odd, '-m', 'next', `${odd}^{tree}`]);

  const list = await listCommits(repo.product, stdout.trim() as Oid, [], LIMITS);

  expect(list?.commits.map(({ message }) => message)).toEqual(['before', 'next']);
});

test('a message in GBK that says so is sent in UTF-8', async () => {
  const repo = await makeRepo();
  const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]); // 中文

  expect(await messageOf(repo, await rawCommit(repo, ['encoding GBK'], gbk))).toBe('中文');
});

test('what the user has set for his own screen changes nothing', async () => {
  const repo = await makeRepo();
  await repo.git(['config', 'i18n.logOutputEncoding', 'GBK']);
  await repo.git(['config', 'log.showSignature', 'true']);
  await repo.git(['config', 'format.pretty', 'oneline']);
  await repo.git(['config', 'color.ui', 'always']);

  expect(await messageOf(repo, await repo.commit('中文'))).toBe('中文');
});

test.each([
  ['that say nothing', [], Buffer.from([0x61, 0xff, 0x62]), 'a\ufffdb'],
  ['that say what nobody knows', ['encoding x-nope'], Buffer.from('abc'), 'abc'],
])('bytes %s are sent as well as can be', async (_, headers, bytes, expected) => {
  const repo = await makeRepo();

  expect(await messageOf(repo, await rawCommit(repo, headers, bytes))).toBe(expected);
});

test('a signature is no part of the message', async () => {
  const repo = await makeRepo();
  const headers = ['gpgsig -----BEGIN PGP SIGNATURE-----', ' ', ' iQ', ' -----END PGP SIGNATURE-----'];

  expect(await messageOf(repo, await rawCommit(repo, headers, Buffer.from('signed')))).toBe('signed');
});
