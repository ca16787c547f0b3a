// The moving picture of the README, in English and Chinese: real commands against the sandbox, as they print it.
// `npm run picture` writes docs/*.svg; `node scripts/demo-svg.mjs --text [locale]` prints what a fresh one would show.
import { writeFileSync } from 'node:fs';
import { record } from './picture/record.mjs';
import { render, textOf } from './picture/render.mjs';

const PICTURES = { 'docs/demo.svg': 'C.UTF-8', 'docs/demo.zh-CN.svg': 'zh_CN.UTF-8' };

const [mode, locale = 'C.UTF-8'] = process.argv.slice(2);
if (mode === '--text') {
  process.stdout.write(textOf(await record(locale)));
} else {
  for (const [path, language] of Object.entries(PICTURES)) {
    const svg = render(await record(language));
    writeFileSync(path, svg);
    console.log(`${path}: ${svg.length} bytes`);
  }
}
