import { t } from '../../core/translate.ts';
import { type LiveRegion, liveRegion } from '../../ui/live-region.ts';
import { plainText } from '../../ui/plain-text.ts';
import { wrapTo } from '../../ui/width.ts';
import type { CommandContext } from '../define.ts';
import { remedyForHold } from '../remedies.ts';
import { type WatchItem, elapsedMs, pageOf } from './item.ts';
import { changeWords, endWords, signOf, sourceOf, stageWords, titleOf } from './words.ts';

/** Tells of what is watched. */
export interface Report {
  readonly changed: (item: WatchItem) => void;
  readonly log: (item: WatchItem, lines: readonly string[]) => void;
  /** Time has passed. */
  readonly tick: (items: readonly WatchItem[], open: readonly string[]) => void;
  /** Nothing more is to be shown in place. */
  readonly close: () => void;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Lines of JSON for programs, lines that change in place on a terminal, or one plain line a change. */
export function makeReport(isJson: boolean, context: CommandContext): Report {
  if (isJson) return jsonReport(context);
  const { stdout, env } = context.effects;
  const isLive = stdout.isTTY && env['TERM'] !== 'dumb' && !context.isQuiet;
  return isLive ? liveReport(liveRegion(stdout), context) : plainReport(context);
}

function jsonReport({ print, effects: { clock } }: CommandContext): Report {
  const line = (value: object): void => print(`${JSON.stringify({ at: isoNow(clock.now()), ...value })}\n`);
  return {
    changed: (item) => line(jsonOf(item, clock.now())),
    log: ({ event: { id } }, lines) => {
      for (const log of lines) line({ id, log });
    },
    tick: () => undefined,
    close: () => undefined,
  };
}

function isoNow(now: number): string {
  return new Date(now).toISOString();
}

/** A change as one line of `--json`. */
function jsonOf(item: WatchItem, now: number): object {
  const { event, info, problem, end } = item;
  return {
    id: event.id,
    job: event.job,
    ref: event.ref,
    after: event.after,
    state: event.state,
    reason: problem ?? event.reason,
    build: event.build,
    buildState: info?.state ?? null,
    elapsedMs: event.build ? Math.round(elapsedMs(item, now)) : null,
    durationMs: info?.durationMs ?? null,
    message: info?.message ?? null,
    url: pageOf(item),
    end,
  };
}

function plainReport(context: CommandContext): Report {
  const { print, isQuiet } = context;
  const { clock } = context.effects;
  let last = '';
  let isAlone = false;
  return {
    changed: (item) => {
      if (item.end !== null) print(endLines(item, context));
      else if (!isQuiet) {
        const line = `${titleOf(item)} ${changeWords(item, clock.now())} · ${sourceOf(item)}\n`;
        if (line !== last) print(line);
        last = line;
      }
    },
    log: (item, lines) => {
      const prefix = isAlone ? '' : `${titleOf(item)} | `;
      print(lines.map((line) => `${prefix}${line}\n`).join(''));
    },
    tick: (items) => {
      isAlone = items.length === 1;
    },
    close: () => undefined,
  };
}

function liveReport(region: LiveRegion, context: CommandContext): Report {
  const { paint } = context;
  const { clock, stdout } = context.effects;
  let running: readonly WatchItem[] = [];
  let waiting: readonly string[] = [];
  let turn = 0;
  const draw = (): void => {
    const spinner = SPINNER[turn % SPINNER.length] ?? '';
    const now = clock.now();
    const lines = running
      .filter(({ end }) => end === null)
      .map(
        (item) =>
          `${signOf(item, paint, spinner)} ${paint('bold', titleOf(item))} ${stageWords(item, now)} ${paint('dim', `· ${sourceOf(item)}`)}`,
      );
    const open = waiting.map(
      (ref) => `${paint('cyan', spinner)} ${plainText(ref, 60)} ${t`is being confirmed`}`,
    );
    const room = Math.max(stdout.rows - 2, 1);
    const all = [...lines, ...open];
    const over = all.length - room;
    region.show(over > 0 ? [...all.slice(0, room), t`and ${over} more`] : all);
  };
  return {
    changed: (item) => {
      if (item.end !== null) region.print(endLines(item, context));
      draw();
    },
    log: (item, lines) => {
      const isAlone = running.length === 1;
      const prefix = isAlone ? '' : paint('dim', `${titleOf(item)} | `);
      region.print(lines.map((line) => `${prefix}${line}\n`).join(''));
    },
    tick: (items, open) => {
      running = items;
      waiting = open;
      turn += 1;
      draw();
    },
    close: () => region.clear(),
  };
}

/** How an item ended; its page and what to do next on lines of their own, so that they can be copied. */
function endLines(item: WatchItem, { paint, effects: { clock, stdout } }: CommandContext): string {
  const page = pageOf(item);
  const remedy = remedyOf(item);
  const words = `${paint('bold', titleOf(item))} ${endWords(item, clock.now())} ${paint('dim', `· ${sourceOf(item)}`)}`;
  const lines = stdout.isTTY ? wrapTo(words, stdout.columns - 3) : [words];
  return [
    `${signOf(item, paint, '')} ${lines.join('\n  ')}\n`,
    page === null ? '' : `  ${paint('cyan', page)}\n`,
    remedy === null ? '' : `  ${paint('bold', `→ ${remedy}`)}\n`,
  ].join('');
}

function remedyOf({ end, event, info, problem }: WatchItem): string | null {
  const id = event.id.slice(0, 7);
  if (end === 'refused') return 'codearts-hooks login';
  if (end === 'failed') return info ? `codearts-hooks watch ${id} --log` : `codearts-hooks show ${id}`;
  if (end !== 'pending') return null;
  if (event.build) return `codearts-hooks watch ${id}`;
  // Only what is nowhere any more has a problem before it has a build.
  if (problem !== null) return 'codearts-hooks doctor';
  return event.hold === null ? `codearts-hooks show ${id}` : remedyForHold(event.hold, id);
}
