import { sgrRuns } from './sgr.mjs';

const [FONT, CELL, LINE, MARGIN, BAR] = [14, 8.43, 21, 18, 34];
const COLUMNS = 80;
const [TYPE_MS, PAUSE_MS, NOTE_MS, END_MS] = [45, 900, 600, 6000];

const STYLE = `
text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono','Noto Sans Mono CJK SC',monospace;white-space:pre;fill:#1f2328}
.w{fill:#f6f8fa;stroke:#d1d9e0}.p{fill:#0969da}.b{font-weight:600}.dim{fill:#59636e}
.red{fill:#d1242f}.green{fill:#1a7f37}.yellow{fill:#9a6700}.blue{fill:#0969da}.magenta{fill:#8250df}.cyan{fill:#1b7c83}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.w{fill:#0d1117;stroke:#3d444d}.p,.blue{fill:#4493f8}.dim{fill:#9198a1}
.red{fill:#f85149}.green{fill:#3fb950}.yellow{fill:#d29922}.magenta{fill:#ab7df8}.cyan{fill:#39c5cf}}
@media(prefers-reduced-motion:reduce){*{animation:none!important}}`;

/**
 * The lines of a recording as a terminal shows them, each with the moment at which it is there.
 *
 * @param {readonly import('./record.mjs').Step[]} steps
 * @returns {{ lines: { kind: 'typed' | 'note' | 'output', text: string, atMs: number, lastsMs: number }[], endMs: number }}
 */
function script(steps) {
  const lines = [];
  let now = PAUSE_MS;
  for (const { typed, output } of steps) {
    const isNote = typed.startsWith('#');
    const lastsMs = isNote ? 0 : typed.length * TYPE_MS;
    lines.push({ kind: isNote ? 'note' : 'typed', text: typed, atMs: now, lastsMs });
    now += lastsMs + (isNote ? NOTE_MS : 150);
    const began = now;
    for (const { text, atMs } of linesOf(output)) {
      now = began + atMs;
      lines.push({ kind: 'output', text, atMs: now, lastsMs: 0 });
    }
    now += PAUSE_MS;
  }
  return { lines, endMs: now + END_MS };
}

/** Pieces of output as lines; what a carriage return has written over is gone. */
function linesOf(output) {
  const found = [];
  let open = '';
  let atMs = 0;
  for (const piece of output) {
    atMs = piece.atMs;
    const parts = (open + piece.text).replaceAll('\r\n', '\n').split('\n');
    open = parts.pop() ?? '';
    for (const text of parts) found.push({ text: text.split('\r').at(-1) ?? '', atMs });
  }
  return open === '' ? found : [...found, { text: open, atMs }];
}

/** What the picture shows, as text. */
export function textOf(steps) {
  return script(steps)
    .lines.map(({ kind, text }) => `${kind === 'typed' ? '$ ' : ''}${plain(text)}\n`)
    .join('');
}

function plain(text) {
  return sgrRuns(text)
    .map((run) => run.text)
    .join('')
    .trimEnd();
}

/**
 * The recording as an SVG that moves by CSS alone, over and over. Where nothing moves, all lines are there.
 *
 * @param {readonly import('./record.mjs').Step[]} steps
 */
export function render(steps) {
  const { lines, endMs } = script(steps);
  const width = Math.round(COLUMNS * CELL + 2 * MARGIN);
  const height = BAR + lines.length * LINE + MARGIN;
  const frames = lines.map((line, n) => keyframes(line, n, endMs));
  const rows = lines.map((line, n) => row(line, n));
  const title = lines.map(({ kind, text }) => `${kind === 'typed' ? '$ ' : ''}${plain(text)}`).join(' / ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escape(title)}</title>
<style>${STYLE}
${frames.join('\n')}
</style>
<rect class="w" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
<circle cx="20" cy="18" r="5.5" fill="#ff5f57"/><circle cx="38" cy="18" r="5.5" fill="#febc2e"/><circle cx="56" cy="18" r="5.5" fill="#28c840"/>
${rows.join('\n')}
</svg>
`;
}

/** When a line is there; a typed one is uncovered letter by letter. */
function keyframes({ kind, text, atMs, lastsMs }, n, endMs) {
  const at = (ms) => `${((100 * ms) / endMs).toFixed(2)}%`;
  const lasts = `${(endMs / 1000).toFixed(1)}s`;
  const shown = `@keyframes l${n}{0%{opacity:0}${at(atMs)}{opacity:1}}\n.l${n}{animation:l${n} ${lasts} step-end infinite}`;
  if (kind !== 'typed') return shown;
  const hidden = 'clip-path:inset(0 100% 0 0)';
  const begins = `${at(atMs)}{${hidden};animation-timing-function:steps(${text.length})}`;
  const ends = `${at(atMs + lastsMs)}{clip-path:inset(0)}100%{clip-path:inset(0)}`;
  return `${shown}\n@keyframes t${n}{0%{${hidden}}${begins}${ends}}\n.t${n}{animation:t${n} ${lasts} infinite}`;
}

function row({ kind, text }, n) {
  const [x, y] = [MARGIN, BAR + n * LINE + FONT];
  if (kind === 'typed') {
    const words = `<text class="b t${n}" x="${(x + 2 * CELL).toFixed(1)}" y="${y}">${escape(text)}</text>`;
    return `<g class="l${n}"><text class="p" x="${x}" y="${y}">$ </text>${words}</g>`;
  }
  if (kind === 'note') return `<text class="dim l${n}" x="${x}" y="${y}">${escape(text)}</text>`;
  const runs = sgrRuns(text).map((run) =>
    run.classes.length === 0
      ? escape(run.text)
      : `<tspan class="${run.classes.join(' ')}">${escape(run.text)}</tspan>`,
  );
  return `<text class="l${n}" x="${x}" y="${y}">${runs.join('').trimEnd()}</text>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
