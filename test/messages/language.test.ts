import { expect, test } from 'vitest';
import { languageOf } from '../../src/messages/language.ts';

test.for([
  ['zh', 'zh-cn'],
  ['zh_CN', 'zh-cn'],
  ['zh_CN.UTF-8', 'zh-cn'],
  ['zh_CN.utf8', 'zh-cn'],
  ['zh-CN', 'zh-cn'],
  ['zh_SG.UTF-8', 'zh-cn'],
  ['zh_Hans', 'zh-cn'],
  ['zh-Hans-CN', 'zh-cn'],
  ['zh_CN.UTF-8@pinyin', 'zh-cn'],
  ['zh_CN.GB18030', 'en'],
  ['zh_TW.UTF-8', 'en'],
  ['zh-Hant', 'en'],
  ['zhuang', 'en'],
  ['C', 'en'],
  ['POSIX', 'en'],
  ['C.UTF-8', 'en'],
  ['de_DE.UTF-8', 'en'],
  ['', 'en'],
] as const)('the locale %j is talked to in %j', ([locale, language]) => {
  expect(languageOf({ LANG: locale }, null)).toBe(language);
});

test('the variable of ours goes before the preference, and that before the locale', () => {
  const chinese = { LC_ALL: 'zh_CN.UTF-8' };

  expect(languageOf({ ...chinese, CODEARTS_HOOKS_LANG: 'en' }, 'zh-CN')).toBe('en');
  expect(languageOf({ CODEARTS_HOOKS_LANG: 'zh-CN', LC_ALL: 'C' }, 'en')).toBe('zh-cn');
  expect(languageOf(chinese, 'en')).toBe('en');
  expect(languageOf({ LC_ALL: 'C' }, 'zh-CN')).toBe('zh-cn');
});

test('of the locale, LC_ALL goes before LC_MESSAGES, and that before LANG; an empty one is none', () => {
  expect(languageOf({ LC_ALL: 'C', LC_MESSAGES: 'zh_CN', LANG: 'zh_CN' }, null)).toBe('en');
  expect(languageOf({ LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, null)).toBe('zh-cn');
  expect(languageOf({ LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }, null)).toBe('zh-cn');
});
