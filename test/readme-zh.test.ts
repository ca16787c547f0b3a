import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { codeIn, readReadme, withWholeParagraphs } from './fixtures/readme.ts';

const [ENGLISH, CHINESE] = [await readReadme('README.md'), await readReadme('README.zh-CN.md')];

/** What a block has for a shell or a parser: without comments, and what a diagram says. */
function bare(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(?:\s+#|\s*(?<!\S)\/\/) .*$/, ''))
    .join('\n');
}

test('both READMEs have the same headings, as to their depth, and none in the wrong language', () => {
  expect(CHINESE.headings.map(({ depth }) => depth)).toEqual(ENGLISH.headings.map(({ depth }) => depth));
  for (const { words } of CHINESE.headings.slice(1)) expect(words).toMatch(/[\u4e00-\u9fff]/);
  for (const { words } of ENGLISH.headings) expect(words).not.toMatch(/[\u4e00-\u9fff]/);
});

test('both have the same commands and configs to paste, and a diagram', () => {
  const blocks = ({ blocks }: typeof ENGLISH) =>
    blocks.map(({ language, text }) => (language === '' ? 'a diagram' : `${language}\n${bare(text)}`));

  expect(blocks(CHINESE)).toEqual(blocks(ENGLISH));
  expect(blocks(ENGLISH)).toContain('a diagram');
});

test('both have the same tables: rows, columns, and what is in code in the first column', () => {
  const shapes = ({ tables }: typeof ENGLISH) => tables.map((rows) => rows.map((cells) => cells.length));
  const codes = ({ tables }: typeof ENGLISH) =>
    tables.map((rows) => rows.map(([first = '']) => codeIn(first)));

  expect(ENGLISH.tables.length).toBeGreaterThan(8);
  expect(shapes(CHINESE)).toEqual(shapes(ENGLISH));
  expect(codes(CHINESE)).toEqual(codes(ENGLISH));
});

test('both name the same commands, keys, variables and files in each section', () => {
  const sections = ({ text }: typeof ENGLISH) =>
    text.split('\n## ').map((section) => [...new Set(codeIn(section.replaceAll(/```[^]*?```/g, '')))].sort());

  expect(sections(CHINESE)).toEqual(sections(ENGLISH));
});

test('both link to the same places, but for the language', () => {
  const links = ({ links }: typeof ENGLISH) =>
    links
      .map((target) => target.replace('.zh-CN', ''))
      .filter((target) => target !== 'README.md')
      .sort();

  expect(links(CHINESE)).toEqual(links(ENGLISH));
});

test('a paragraph of Chinese is one line: the end of a line would be shown as a blank', async () => {
  const whole = withWholeParagraphs(CHINESE.text);
  if (process.env['UPDATE_README'] === '1') await writeFile('README.zh-CN.md', whole);

  expect((await readReadme('README.zh-CN.md')).text).toBe(whole);
});
