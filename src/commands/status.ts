import { problemText } from '../config/problem-text.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t, translated } from '../core/translate.ts';
import { type Layer, inspectLayers } from '../install/layers.ts';
import { plainText } from '../ui/plain-text.ts';
import { type ShownFinding, findingLines } from '../ui/findings.ts';
import { deliverInBackground } from './ask.ts';
import { type AccessWords, accessWords } from './access-words.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { foundNoNode, hookWords, isCalled } from './hook-words.ts';
import { queueProblems } from './queue-health.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { type Trouble, troublesOf } from './remedies.ts';
import { columnsOf, rowTable } from './row-table.ts';
import { type HistoryRow, readTrackedRows } from './rows.ts';
import { warning } from './warning.ts';

/** `status --json`, design.md section 4. */
interface Status {
  readonly installed: boolean;
  readonly layers: readonly {
    readonly kind: 'config' | 'files' | 'manager';
    readonly path: string;
    readonly ok: boolean;
  }[];
  readonly config: {
    readonly path: string | null;
    readonly valid: boolean;
    readonly problems: RepositoryState['loaded']['problems'];
  };
  readonly credentials: { readonly source: string } | null;
  readonly trusted: boolean;
  readonly pending: number;
  readonly held: number;
  readonly failed: number;
  readonly last: HistoryRow | null;
}

/** `status`: is all in place, and what waits. */
export const status: Run = async (_args, options, context) => {
  const state = await readState(context);
  const { env } = context.effects;
  const [tracked, words, layers] = await Promise.all([
    readTrackedRows(state.spools),
    accessWords(state, context),
    inspectLayers(state.repository),
  ]);
  const rows = tracked.map(({ row }) => row);
  const found = await statusOf(state, rows, { ...words, layers, env });
  if (options['json'] === true) printJson(found, context);
  else {
    const noNode = await foundNoNode(state);
    context.print(screen(found, { state, words, noNode, troubles: troublesOf(tracked) }, context));
  }
  for (const { words: problem, remedy } of await queueProblems(state)) {
    context.say(warning(problem, context));
    context.say(`  ${context.paintError('bold', `→ ${remedy}`)}`);
  }
  // Who looks wants it to go on, too.
  if (found.installed && found.pending > 0) await deliverInBackground(state, context);
  return ExitCode.Ok;
};

async function statusOf(
  state: RepositoryState,
  rows: readonly HistoryRow[],
  {
    credentials,
    trusted,
    layers,
    env,
  }: AccessWords & {
    readonly layers: readonly Layer[];
    readonly env: CommandContext['effects']['env'];
  },
): Promise<Status> {
  const { loaded } = state;
  const count = (...states: readonly HistoryRow['state'][]) =>
    rows.filter((row) => states.includes(row.state)).length;
  return {
    installed: state.isInstalled && (await isCalled(layers, env)),
    layers: layers.map(({ kind, path, ok }) => ({ kind, path, ok })),
    config: { path: loaded.path, valid: loaded.config !== null, problems: loaded.problems },
    credentials,
    trusted,
    pending: count('unconfirmed', 'queued', 'sending', 'ambiguous'),
    held: count('held'),
    failed: count('failed', 'expired'),
    last: rows[0] ?? null,
  };
}

const LOGIN = 'codearts-hooks login';
const PROBLEMS_AT_MOST = 10;

interface Shown {
  readonly state: RepositoryState;
  readonly words: AccessWords;
  readonly noNode: boolean;
  readonly troubles: readonly Trouble[];
}

function screen(found: Status, shown: Shown, context: CommandContext): string {
  const { paint } = context;
  const columns = columnsOf(context);
  const findings = findingsOf(found, shown);
  const bad = findings.filter(({ name, ok }) => !ok && name !== '').length;
  const { last } = found;
  const sum =
    bad === 0 ? t`all is in place` : bad === 1 ? t`1 thing is in the way` : t`${bad} things are in the way`;
  const lastPush = last ? `${paint('bold', t`last push`)}\n${rowTable([last], context)}\n` : '';
  return `${findingLines(findings, { paint, columns })}\n${lastPush}${sum}\n`;
}

function findingsOf(found: Status, { state, words, noNode, troubles }: Shown): ShownFinding[] {
  const { endpoint } = state;
  const { config, credentials, trusted, pending, held, failed } = found;
  const hooks = hookWords(found, noNode);
  const isEndpoint = endpoint.kind === 'endpoint';
  const mend = config.path ?? 'codearts-hooks.json';
  return [
    { name: t`hooks`, ok: found.installed && !noNode, detail: hooks.text, remedy: hooks.remedy },
    ...configFindings(config),
    {
      name: t`endpoint`,
      ok: isEndpoint,
      detail: isEndpoint ? endpoint.url : translated(endpoint.reason),
      remedy: isEndpoint ? null : t`set "region" in ${mend}`,
    },
    {
      name: t`trust`,
      ok: trusted,
      detail: config.valid ? words.trustText : t`waits for a valid config`,
      remedy: trusted || !config.valid ? null : 'codearts-hooks trust',
    },
    {
      name: t`credentials`,
      ok: credentials !== null,
      detail: plainText(words.credentialsText, 1000),
      remedy: credentials !== null || !isEndpoint ? null : LOGIN,
    },
    {
      name: t`triggers`,
      ok: failed === 0 && held === 0,
      detail: t`${pending} pending, ${held} held, ${failed} failed`,
      remedy: null,
    },
    ...troubles.map(({ words: detail, remedy }) => ({
      name: '',
      ok: false,
      detail: plainText(detail, 300),
      remedy: remedy === LOGIN ? loginRemedy(isEndpoint, credentials !== null) : remedy,
    })),
  ];
}

/** Without credentials it has been said already; with some by now, they have only to be tried. */
function loginRemedy(isEndpoint: boolean, hasCredentials: boolean): string | null {
  if (hasCredentials) return 'codearts-hooks flush';
  return isEndpoint ? null : LOGIN;
}

function configFindings({ path, valid, problems }: Status['config']): ShownFinding[] {
  const name = t`config`;
  if (path === null) return [{ name, ok: false, detail: t`there is none`, remedy: 'codearts-hooks init' }];
  const shown = problems.slice(0, PROBLEMS_AT_MOST);
  return [
    { name, ok: valid, detail: valid ? path : t`${path} is not valid`, remedy: null },
    ...shown.map((problem, index) => ({
      name: '',
      ok: valid,
      detail: plainText(problemText(path, { ...problem, message: translated(problem.message) }), 500),
      remedy: valid || index < shown.length - 1 ? null : t`mend ${path}`,
    })),
  ];
}
