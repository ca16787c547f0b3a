/** @typedef {{name: string, more: number | null}} Measured */

const [WIDTH, LEFT, RIGHT, TOP, BAR, STEP] = [720, 236, 84, 56, 16, 26];

const STYLE = `
text{font:13px ui-sans-serif,system-ui,'Segoe UI',sans-serif;fill:#1f2328}.t{font-weight:600}.s{fill:#59636e}.e{text-anchor:end}
.o{fill:#1a7f37}.p{fill:#9198a1}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.o{fill:#3fb950}.p{fill:#656c76}}`;

/**
 * A picture of what a command takes more with each of some tools than without any: a bar a tool, the shortest first.
 * No script, nothing from elsewhere; the same rows make the same bytes.
 *
 * @param {string} title
 * @param {string} note in what it was measured
 * @param {readonly Measured[]} rows
 * @returns {string} SVG
 */
export function chart(title, note, rows) {
  const sorted = rows
    .map(({ name, more }) => ({ name, more: Math.max(more ?? 0, 0) }))
    .toSorted((a, b) => a.more - b.more || (a.name < b.name ? -1 : 1));
  const most = Math.max(...sorted.map(({ more }) => more), 1);
  const height = TOP + sorted.length * STEP + 10;
  const bars = sorted.map(({ name, more }, index) => {
    const y = TOP + index * STEP;
    const width = Math.max((more / most) * (WIDTH - LEFT - RIGHT), 1).toFixed(1);
    const kind = name === 'codearts-hooks' ? 'o' : 'p';
    const label = `<text class="e" x="${LEFT - 10}" y="${y + 13}">${escaped(name)}</text>`;
    const value = `<text class="s" x="${LEFT + Number(width) + 8}" y="${y + 13}">+${more.toFixed(1)} ms</text>`;
    return `${label}<rect class="${kind}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="2"/>${value}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style>`,
    `<text class="t" x="16" y="24">${escaped(title)}</text><text class="s" x="16" y="42">${escaped(note)}</text>`,
    ...bars,
    '</svg>\n',
  ].join('\n');
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
