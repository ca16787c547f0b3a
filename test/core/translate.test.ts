import { afterEach, expect, test } from 'vitest';
import { stored, t, translated, useCatalogue } from '../../src/core/translate.ts';

afterEach(() => {
  useCatalogue({});
});

test('without a catalogue it is the English text', () => {
  expect(t`${2} triggers wait for ${'main'}`).toBe('2 triggers wait for main');
  expect(t`nothing waits`).toBe('nothing waits');
});

test('a catalogue gives the text, with the values wherever it wants them', () => {
  useCatalogue({ '{0} triggers wait for {1}': '{1} 有 {0} 个触发等待' });

  expect(t`${2} triggers wait for ${'main'}`).toBe('main 有 2 个触发等待');
});

test('what the catalogue lacks stays English', () => {
  useCatalogue({ other: '其他' });

  expect(t`nothing waits`).toBe('nothing waits');
});

test('a value is never read as a place for another', () => {
  useCatalogue({ 'at {0}, {1}': '{0} 与 {1}' });

  expect(t`at ${'{1}'}, ${'x'}`).toBe('{1} 与 x');
});

test('stored text stays English, and is translated for whoever reads it, values and all', () => {
  useCatalogue({
    'job {0} is not approved': '构建任务 {0} 未获批准',
    'not delivered within three days: {0}': '三天内未送达：{0}',
    '{0}: {1}': '太笼统',
  });

  const text = stored`not delivered within three days: ${stored`job ${'ci'} is not approved`}`;

  expect(text).toBe('not delivered within three days: job ci is not approved');
  expect(translated(text)).toBe('三天内未送达：构建任务 ci 未获批准');
  expect(translated('what a server said: no')).toBe('what a server said: no');
  expect(translated('constructor')).toBe('constructor');
});

test('of two texts that fit, the more particular one is taken', () => {
  useCatalogue({ 'the answer {0}': '一', 'the answer {0} was lost ({1})': '丢失 {1} {0}' });

  expect(translated('the answer 5 was lost (ECONNRESET)')).toBe('丢失 ECONNRESET 5');
  useCatalogue({});
  expect(translated('the answer 5 was lost (ECONNRESET)')).toBe('the answer 5 was lost (ECONNRESET)');
});
