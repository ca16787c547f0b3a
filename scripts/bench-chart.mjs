// npm run bench:chart: docs/bench.svg, made of docs/bench.json; with --check it only says whether it is so.
import { readFile, writeFile } from 'node:fs/promises';
import { chart } from './bench/chart.mjs';

const [JSON_FILE, SVG_FILE] = ['docs/bench.json', 'docs/bench.svg'];
const PREFIX = 'push: ';

const { machine, rounds, rows } = JSON.parse(await readFile(JSON_FILE, 'utf8'));
const pushes = rows
  .filter(
    (/** @type {{name: string, why: string | null}} */ row) =>
      row.name.startsWith(PREFIX) && row.why === null,
  )
  .map((/** @type {{name: string, more: number}} */ { name, more }) => ({
    name: name.slice(PREFIX.length),
    more,
  }));
const note = `git push to a local bare repository, median of ${rounds} rounds, ${machine.cpus} cores, node ${machine.node}`;
const svg = chart('What a push takes more', note, pushes);

if (!process.argv.includes('--check')) await writeFile(SVG_FILE, svg);
else if ((await readFile(SVG_FILE, 'utf8')) !== svg) {
  process.stderr.write(`${SVG_FILE} is not what ${JSON_FILE} gives: npm run bench:chart\n`);
  process.exitCode = 1;
}
