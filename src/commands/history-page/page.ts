import { createHash } from 'node:crypto';
import { shortRef } from '../../core/ref.ts';
import { t, translated } from '../../core/translate.ts';
import { durationWords } from '../../ui/duration.ts';
import type { HistoryRow } from '../rows.ts';
import { delayChart, delayWords } from './chart.ts';
import { escapeHtml as e } from './escape.ts';
import type { PageModel, PagePush, PageTrigger } from './model.ts';
import { STYLE } from './style.ts';

/**
 * The history as one HTML page that can be sent to somebody: nothing is loaded, nothing runs in it, and its policy says
 * so. All text from outside is escaped.
 */
export function historyPage(model: PageModel): string {
  const title = t`Pushes and builds of ${model.repository}`;
  const oldestFirst = model.pushes.flatMap(({ triggers }) => triggers).toReversed();
  const style = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html>',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${e(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${e(title)}</h1>`,
    `<p class="soft">${e(t`as of ${timeWords(model.madeAt)}, by codearts-hooks`)}</p>`,
    cards(model),
    `<h2>${e(t`From the push to the service`)}</h2>`,
    delayChart(oldestFirst),
    `<h2>${e(t`Pushes`)}</h2>`,
    model.pushes.length === 0
      ? `<p class="none">${e(t`no push has been seen yet`)}</p>`
      : `<ol>\n${model.pushes.map(pushItem).join('\n')}\n</ol>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function cards({ delivered, lost, waiting, ended, succeeded, medianDelayMs }: PageModel): string {
  const cells: readonly (readonly [value: string, name: string])[] = [
    [share(succeeded, ended), t`of ${ended} builds that have ended succeeded`],
    [share(delivered, delivered + lost), t`of ${delivered + lost} triggers were delivered`],
    [medianDelayMs === null ? '–' : delayWords(medianDelayMs), t`from push to service, the median`],
    [String(waiting), t`triggers wait`],
  ];
  const items = cells.map(([value, name]) => `<div class="card"><b>${e(value)}</b>${e(name)}</div>`);
  return `<div class="cards">${items.join('')}</div>`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

function pushItem({ pushedAt, remote, triggers }: PagePush): string {
  const head = `<time datetime="${e(pushedAt)}">${e(timeWords(pushedAt))}</time>`;
  const to = `<span class="soft">${e(t`to ${remote}`)}</span>`;
  return `<li class="push">${head} ${to}\n${triggers.map(triggerItem).join('\n')}\n</li>`;
}

function timeWords(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

function triggerItem({ row, delayMs, state, durationMs, url }: PageTrigger): string {
  const commit = row.kind === 'deleted' ? t`deleted` : row.after.slice(0, 7);
  const build = row.build ? `${row.job?.name ?? ''} #${row.build.number}` : (row.job?.name ?? '');
  const name = url === null ? e(build) : `<a href="${e(url)}" rel="noreferrer">${e(build)}</a>`;
  const facts = [
    `<span class="state ${classOf(row, state)}">${e(state ?? row.state)}</span>`,
    name,
    `${e(shortRef(row.ref))} <code>${e(commit)}</code>`,
    durationMs === null ? '' : e(t`built in ${durationWords(durationMs)}`),
    delayMs === null ? '' : e(t`accepted after ${delayWords(delayMs)}`),
  ];
  const reason = row.reason === null ? '' : `<p class="soft">${e(translated(row.reason))}</p>`;
  return `<div class="trigger" id="${e(row.id)}">${facts.filter(Boolean).join(' · ')}${reason}${attemptTable(row)}</div>`;
}

function classOf({ state: delivery }: HistoryRow, state: PageTrigger['state']): string {
  if (state === 'SUCCESS') return 'good';
  if (state === 'InQueue' || state === 'Running') return 'wait';
  if (state !== null || delivery === 'failed' || delivery === 'expired') return 'bad';
  if (delivery === 'delivered') return 'good';
  return delivery === 'skipped' || delivery === 'superseded' ? 'soft' : 'wait';
}

/** One that was accepted at the first attempt has nothing to tell. */
function attemptTable({ attempts }: HistoryRow): string {
  if (attempts.length === 0 || (attempts.length === 1 && attempts[0]?.outcome === 'accepted')) return '';
  const rows = attempts.map(({ at, outcome, httpStatus, errorCode, requestId }) => {
    const cells = [
      at,
      outcome,
      httpStatus === null ? '-' : `HTTP ${httpStatus}`,
      errorCode ?? '-',
      requestId ?? '-',
    ];
    return `<tr>${cells.map((cell) => `<td>${e(cell)}</td>`).join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}
