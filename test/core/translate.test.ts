import { afterEach, expect, test } from 'vitest';
import { t, useCatalogue } from '../../src/core/translate.ts';

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
