import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import type { Catalogue } from '../../src/core/translate.ts';
import { zhCn } from '../../src/messages/zh-cn/index.ts';
import { runnerZhCn } from '../../src/messages/zh-cn/runner.ts';
import { messageKeys } from '../fixtures/message-keys.ts';

const KEYS = messageKeys();
const PLACE = /\{\d+\}/g;
/** What the runner is not made of. */
const NOT_THE_RUNNERS = ['commands/', 'ui/', 'install/', 'sandbox/', 'main.ts'];

function placesOf(text: string): string {
  return [...text.matchAll(PLACE)]
    .map(([place]) => place)
    .sort()
    .join(' ');
}

test('the sources have texts for people, of every kind', () => {
  expect(KEYS.length).toBeGreaterThan(100);
  expect(new Set(KEYS.map(({ tag }) => tag))).toEqual(new Set(['t', 'stored', 'command']));
});

test('every text of the sources has its Chinese', () => {
  expect([...new Set(KEYS.filter(({ key }) => !Object.hasOwn(zhCn, key)).map(({ key }) => key))]).toEqual([]);
});

test('no text of the catalogue is for nobody', () => {
  const keys = new Set(KEYS.map(({ key }) => key));

  expect(Object.keys(zhCn).filter((key) => !keys.has(key))).toEqual([]);
});

test('a translation has the values of its text, each once', () => {
  const wrong = Object.entries(zhCn).filter(([key, text]) => placesOf(key) !== placesOf(text));

  expect(wrong).toEqual([]);
});

test('what the layers of the runner say can be told by the runner too', () => {
  const texts = KEYS.filter(({ file }) => !NOT_THE_RUNNERS.some((start) => file.startsWith(start)));

  expect(texts.filter(({ key }) => !Object.hasOwn(runnerZhCn, key))).toEqual([]);
});

test('what a text quotes for the keyboard is in its translation letter by letter', () => {
  // Commands, options, keys, variables, places like <id> and examples: to be typed, so never in Chinese signs.
  const names = COMMANDS.map(({ name }) => name).join('|');
  const typed = new RegExp(
    [
      String.raw`codearts-hooks(?: (?:${names})\b)?`,
      String.raw`(?<![\w-])--[a-z-]+`,
      '`[^`]+`',
      '"[^"{}]*"',
      '<[^<>]+>',
      String.raw`\b[A-Z]+_[A-Z_]+\b`,
      String.raw`[\w./-]+\.(?:json|yml|d)\b`,
    ].join('|'),
    'g',
  );
  const wrong = Object.entries(zhCn).flatMap(([key, text]) =>
    [...key.matchAll(typed)].filter(([word]) => !text.includes(word)).map(([word]) => `${word}: ${text}`),
  );

  expect(wrong).toEqual([]);
});

test('Chinese has Chinese signs: no half of a pair, no sign of ours beside a Chinese character', () => {
  const han = String.raw`[\u4e00-\u9fff]`;
  const ascii = new RegExp(String.raw`${han}[,;:!?()]|[,;!?()]${han}`);
  const pairs = ['“”', '（）', '《》', '[]', '{}', '()'];
  const wrong = Object.values(zhCn).filter(
    (text) =>
      ascii.test(text) ||
      pairs.some(([open = '', close = '']) => text.split(open).length !== text.split(close).length) ||
      /[\u201c\u201d]{2}|，，|。。|[\ufffd\t\r]/.test(text),
  );

  expect(wrong).toEqual([]);
});

test('a text has a blank between Chinese and a Latin word, and none at its ends', () => {
  const wrong = Object.entries(zhCn).filter(
    ([key, text]) =>
      /[\u4e00-\u9fff][\w{]|[\w}][\u4e00-\u9fff]/.test(text) ||
      text.trimStart().length !== text.length - (key.length - key.trimStart().length) ||
      text.trimEnd().length !== text.length - (key.length - key.trimEnd().length),
  );

  expect(wrong).toEqual([]);
});

test('each topic of the folder is in the catalogue, and no key is in two', async () => {
  const folder = 'src/messages/zh-cn';
  const topics = readdirSync(folder).filter((name) => name !== 'index.ts' && name !== 'runner.ts');
  const modules = await Promise.all(
    topics.map(async (name) => (await import(resolve(join(folder, name)))) as Record<string, Catalogue>),
  );
  const keys = modules.flatMap((module) => Object.values(module)).flatMap((topic) => Object.keys(topic));

  expect(keys.toSorted()).toEqual(Object.keys(zhCn).toSorted());
});
