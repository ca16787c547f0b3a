import { sgrRuns, withoutMoves } from './sgr.mjs';

const [FONT, CELL, LINE, MARGIN, BAR] = [14, 8.43, 21, 18, 34];
const COLUMNS = 80;
const [TYPE_MS, PAUSE_MS, NOTE_MS, END_MS] = [45, 900, 600, 6000];
const BLINK_MS = 50;

const STYLE = `
text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono','Noto Sans Mono CJK SC',monospace;white-space:pre;fill:#1f2328}
.w{fill:#f6f8fa;stroke:#d1d9e0}.p{fill:#0969da}.b{font-weight:600}.dim{fill:#59636e}.v{opacity:0}
.red{fill:#d1242f}.green{fill:#1a7f37}.yellow{fill:#9a6700}.blue{fill:#0969da}.magenta{fill:#8250df}.cyan{fill:#1b7c83}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.w{fill:#0d1117;stroke:#3d444d}.p,.blue{fill:#4493f8}.dim{fill:#9198a1}
.red{fill:#f85149}.green{fill:#3fb950}.yellow{fill:#d29922}.magenta{fill:#ab7df8}.cyan{fill:#39c5cf}}
@media(prefers-reduced-motion:reduce){*{animation:none!important}}`;

/**
 * A line of the picture. What a live line said for a while only has an end.
 *
 * @typedef {object} Line
 * @property {'typed' | 'note' | 'output'} kind
 * @property {string} text with the colours of the terminal
 * @property {number} row from 0
 * @property {number} fromMs when it is there, or begins to be typed
 * @property {number | null} toMs
 * @property {number} typingMs
 */

/**
 * The lines of a recording as a terminal shows them, each with its time.
 *
 * @param {readonly import('./record.mjs').Step[]} steps
 * @returns {{ lines: Line[], rows: number, endMs: number }}
 */
function script(steps) {
  const lines = [];
  let now = PAUSE_MS;
  let row = 0;
  for (const { typed, output } of steps) {
    const isNote = typed.startsWith('#');
    const typingMs = isNote ? 0 : typed.length * TYPE_MS;
    lines.push({ kind: isNote ? 'note' : 'typed', text: typed, row, fromMs: now, toMs: null, typingMs });
    now += typingMs + (isNote ? NOTE_MS : 150);
    const shown = versionsOf(output);
    for (const { text, at, fromMs, toMs } of shown) {
      const times = { fromMs: now + fromMs, toMs: toMs === null ? null : now + toMs, typingMs: 0 };
      lines.push({ kind: 'output', text, row: row + 1 + at, ...times });
    }
    now += Math.max(0, ...shown.map(({ fromMs }) => fromMs)) + PAUSE_MS;
    row += 1 + Math.max(0, ...shown.map(({ at }) => at + 1));
  }
  return { lines, rows: row, endMs: now + END_MS };
}

/** What each line of an output said, and from when to when; a carriage return has the line begin anew. */
function versionsOf(output) {
  const versions = [];
  let [at, text, atMs] = [0, '', 0];
  const show = () => {
    const last = versions.at(-1);
    if (last?.at === at && last.text === text) return;
    if (last?.at === at && last.toMs === null) last.toMs = atMs;
    if (text !== '') versions.push({ at, text, fromMs: atMs, toMs: null });
  };
  for (const piece of output) {
    atMs = piece.atMs;
    for (const part of withoutMoves(piece.text).split(/([\r\n])/)) {
      if (part === '\n') {
        show();
        at += 1;
      }
      text = part === '\n' || part === '\r' ? '' : text + part;
    }
    show();
  }
  // A moment's line is one that was written in two parts.
  return versions.filter(({ fromMs, toMs }) => toMs === null || toMs - fromMs > BLINK_MS);
}

/** What the picture shows, as text. */
export function textOf(steps) {
  return script(steps)
    .lines.filter(({ toMs }) => toMs === null)
    .map(({ kind, text }) => `${kind === 'typed' ? '$ ' : ''}${plain(text)}\n`)
    .join('');
}

function plain(text) {
  return sgrRuns(text)
    .map((run) => run.text)
    .join('')
    .trimEnd();
}

/**
 * The recording as an SVG that moves by CSS alone, over and over. Where nothing moves, all that stays is there.
 *
 * @param {readonly import('./record.mjs').Step[]} steps
 */
export function render(steps) {
  const { lines, rows, endMs } = script(steps);
  const width = Math.round(COLUMNS * CELL + 2 * MARGIN);
  const height = BAR + rows * LINE + MARGIN;
  const title = textOf(steps).trim().replaceAll('\n', ' / ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escape(title)}</title>
<style>${STYLE}
${lines.map((line, n) => keyframes(line, n, endMs)).join('\n')}
</style>
<rect class="w" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
<circle cx="20" cy="18" r="5.5" fill="#ff5f57"/><circle cx="38" cy="18" r="5.5" fill="#febc2e"/><circle cx="56" cy="18" r="5.5" fill="#28c840"/>
${lines.map(element).join('\n')}
</svg>
`;
}

/** When a line is there; a typed one is uncovered letter by letter. */
function keyframes({ kind, text, fromMs, toMs, typingMs }, n, endMs) {
  const at = (ms) => `${((100 * ms) / endMs).toFixed(2)}%`;
  const lasts = `${(endMs / 1000).toFixed(1)}s`;
  const gone = toMs === null ? '' : `${at(toMs)}{opacity:0}`;
  const shown = `@keyframes l${n}{0%{opacity:0}${at(fromMs)}{opacity:1}${gone}}\n.l${n}{animation:l${n} ${lasts} step-end infinite}`;
  if (kind !== 'typed') return shown;
  const hidden = 'clip-path:inset(0 100% 0 0)';
  const begins = `${at(fromMs)}{${hidden};animation-timing-function:steps(${text.length})}`;
  const ends = `${at(fromMs + typingMs)}{clip-path:inset(0)}100%{clip-path:inset(0)}`;
  return `${shown}\n@keyframes t${n}{0%{${hidden}}${begins}${ends}}\n.t${n}{animation:t${n} ${lasts} infinite}`;
}

function element({ kind, text, row, toMs }, n) {
  const [x, y] = [MARGIN, BAR + row * LINE + FONT];
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
  const passing = toMs === null ? '' : 'v ';
  return `<text class="${passing}l${n}" x="${x}" y="${y}">${runs.join('').trimEnd()}</text>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
