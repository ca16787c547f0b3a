import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lacks } from './fixtures/unavailable.ts';
import { run } from './fixtures/run.ts';

const PICTURES = [
  ['docs/demo.svg', 'C.UTF-8'],
  ['docs/demo.zh-CN.svg', 'zh_CN.UTF-8'],
] as const;

/** Text of a run without what differs from run to run: ids of events, how long something took or is ago. */
function steady(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, 'id')
    .replaceAll(/\d+(?:\.\d+)? ?(?:ms|s|min|秒|分钟)(?: ago|前)?(?![a-z])/g, 'time')
    .replaceAll(/\bnow\b|刚刚/g, 'time')
    .replaceAll(/ +/g, ' ');
}

/** The lines that a picture shows at its end; of class `v` are those that a live line has said before. */
function linesOf(svg: string): string {
  return svg
    .split('\n')
    .filter((line) => /^<(?:text|g) class="(?!v )/.test(line))
    .map((line) => `${line.replaceAll(/<[^>]+>/g, '')}\n`)
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

test.skipIf(lacks('script')).for(PICTURES)(
  '%s shows what a fresh run in %s prints (npm run picture makes it again)',
  async ([path, locale]) => {
    const svg = await readFile(path, 'utf8');

    const { stdout } = await run(process.execPath, ['scripts/demo-svg.mjs', '--text', locale], {
      cwd: '.',
      env: { PATH: process.env['PATH'] ?? '' },
    });

    expect(stdout).toMatch(/^\$ git push$/m);
    expect(stdout).toContain('shop-ci #1');
    expect(steady(linesOf(svg))).toBe(steady(stdout));
  },
);

test.for(PICTURES)('%s is small, runs no script, loads nothing and moves by CSS alone', async ([path]) => {
  const svg = await readFile(path, 'utf8');

  expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
  expect(svg).not.toMatch(/<script|\bon[a-z]+=|javascript:|@import|url\(|href|<foreignObject/);
  expect(svg).toContain('prefers-reduced-motion');
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg.match(/@keyframes/g)?.length).toBeGreaterThan(5);
});

test('the chart of the benchmark is made of the figures beside it, and every budget of theirs is there', async () => {
  const { exitCode, stderr } = await run(process.execPath, ['scripts/bench-chart.mjs', '--check'], {
    cwd: '.',
    env: { PATH: process.env['PATH'] ?? '' },
    mayFail: true,
  });
  const { rows } = JSON.parse(await readFile('docs/bench.json', 'utf8')) as {
    rows: { name: string; ok: boolean | null }[];
  };

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(rows.filter(({ ok }) => ok !== null).length).toBeGreaterThan(18);
  expect(rows.filter(({ ok }) => ok === false).length).toBeLessThanOrEqual(1);
});
