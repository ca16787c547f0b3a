import { t } from '../../core/translate.ts';
import { durationWords } from '../../ui/duration.ts';
import { escapeHtml } from './escape.ts';
import type { PageTrigger } from './model.ts';

const HEIGHT = 120;
const WIDTH = 640;
const LEFT = 64;
const BARS_AT_MOST = 100;
/** The bottom: less is as good as nothing. */
const LEAST = 100;
/** What a delay is compared with: lines across the chart, milliseconds. */
const MARKS = [LEAST, 1000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000];

/**
 * How long triggers waited from the end of their push to the service's acceptance, oldest first, as an inline SVG: one
 * bar each, on a scale of logarithms, as they last from parts of a second to days.
 */
export function delayChart(triggers: readonly PageTrigger[]): string {
  const shown = triggers.filter(({ delayMs }) => delayMs !== null).slice(-BARS_AT_MOST);
  if (shown.length === 0) return `<p class="none">${escapeHtml(t`nothing has been delivered yet`)}</p>`;
  const most = Math.max(...shown.map(({ delayMs }) => delayMs ?? 0));
  const top = MARKS.find((mark) => mark > LEAST && mark >= most) ?? most;
  const y = (ms: number): number => round(HEIGHT * (1 - heightOf(ms, top)));
  const step = (WIDTH - LEFT) / shown.length;
  const bars = shown.map((trigger, index) => {
    const delay = trigger.delayMs ?? 0;
    const from = Math.min(y(delay), HEIGHT - 2);
    const title = `${trigger.row.job?.name ?? ''} #${trigger.row.build?.number ?? '?'}: ${delayWords(delay)}`;
    const width = round(Math.max(Math.min(step * 0.8, 24), 1));
    return `<rect class="bar" x="${round(LEFT + index * step)}" y="${from}" width="${width}" height="${round(HEIGHT - from)}"><title>${escapeHtml(title)}</title></rect>`;
  });
  const lines = MARKS.filter((mark) => mark <= top).map(
    (mark) =>
      `<line class="mark" x1="${LEFT}" x2="${WIDTH}" y1="${y(mark)}" y2="${y(mark)}"/>` +
      `<text class="label" x="${LEFT - 8}" y="${y(mark) + 4}">${escapeHtml(mark < 1000 ? delayWords(mark) : durationWords(mark))}</text>`,
  );
  const name = escapeHtml(t`from the push to the service, for each trigger`);
  return `<svg role="img" aria-label="${name}" viewBox="0 -8 ${WIDTH} ${HEIGHT + 16}">${lines.join('')}${bars.join('')}</svg>`;
}

/** A part of a second matters here. */
export function delayWords(ms: number): string {
  return ms < 10_000 ? t`${(ms / 1000).toFixed(1)} s` : durationWords(ms);
}

/** From 0 to 1. */
function heightOf(ms: number, top: number): number {
  return ms <= LEAST ? 0 : Math.log(ms / LEAST) / Math.log(top / LEAST);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
