import { afterEach, expect, test } from 'vitest';
import { runnerZhCn } from '../../src/messages/zh-cn/runner.ts';
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

test('a text with hardly any words of its own counts only around what is known', () => {
  useCatalogue({ '{0}, and {1}': '{0}，且 {1}', 'it was lost': '已丢失', 'it was refused': '被拒绝' });

  expect(translated('it was lost, and it was refused')).toBe('已丢失，且被拒绝');
  expect(translated('one thing, and it was refused')).toBe('one thing, and it was refused');
});

test('the place of a problem in a file stays before it, and so does its key', () => {
  useCatalogue({ 'must be {0}, not {1}': '必须是 {0}，而不是 {1}', 'not valid JSON': '不是有效的 JSON' });

  expect(translated('a.json:3:5: jobs[0].id must be text, not 1')).toBe(
    'a.json:3:5: jobs[0].id 必须是 text，而不是 1',
  );
  expect(translated('a.json:3:5: not valid JSON')).toBe('a.json:3:5: 不是有效的 JSON');
  expect(translated('a.json:3:5: jobs[0] is odd')).toBe('a.json:3:5: jobs[0] is odd');
});

test('the blank beside a value goes where both sides are Chinese', () => {
  useCatalogue({ '{0} was refused by {1}': '{0} 被 {1} 拒绝' });

  expect(t`${'ak'} was refused by ${'IAM'}`).toBe('ak 被 IAM 拒绝');
  expect(t`${'密钥'} was refused by ${'服务'}`).toBe('密钥被服务拒绝');
  expect(t`${'密钥'} was refused by ${'IAM'}`).toBe('密钥被 IAM 拒绝');
});

test('a place that no value is for is shown as it is', () => {
  useCatalogue({ '{0} waits': '{0} 在等待 {1}' });

  expect(t`${'main'} waits`).toBe('main 在等待 {1}');
});

test('what a service says at length, in our own words, is not pondered for ever', () => {
  useCatalogue(runnerZhCn);
  const text = 'one in two, and three in four: sent again, and "five" of six in seven, and '.repeat(12);

  expect(translated(`${text}eight`)).toContain('eight');
});
