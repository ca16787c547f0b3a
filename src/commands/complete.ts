import { ExitCode } from '../core/exit-code.ts';
import { shortRef } from '../core/ref.ts';
import { plainText } from '../ui/plain-text.ts';
import type { ValueKind } from './completion/grammar.ts';
import type { CommandContext, Run } from './define.ts';
import { readState } from './repository-state.ts';
import { resultOf } from './row-table.ts';
import { readRows } from './rows.ts';

/** Something that may be typed, and what it is. */
type Candidate = readonly [value: string, about: string];

/** More than a screen holds helps nobody. */
const AT_MOST = 100;

/**
 * `complete <kind> [typed]`: what the scripts of `completion` ask at a press of the TAB key, a line each, with a tab
 * before what it is. Never fails and never says a word: whatever is wrong, there is nothing to complete then.
 */
export const complete: Run = async ([kind = '', typed = ''], _options, context) => {
  try {
    const candidates = await candidatesOf(kind, typed, context);
    for (const [value, about] of candidates.slice(0, AT_MOST)) {
      // What has a control character in it cannot be typed.
      if (plainText(value, value.length + 1) === value) context.print(`${value}\t${plainText(about, 80)}\n`);
    }
  } catch {
    // Not told: it would land in the middle of the line that is being typed. The command itself will say what it is.
  }
  return ExitCode.Ok;
};

async function candidatesOf(
  kind: string,
  typed: string,
  context: CommandContext,
): Promise<readonly Candidate[]> {
  const asked = kind as ValueKind; // of our own scripts, of this version or another
  switch (asked) {
    case 'events': {
      const { spools } = await readState(context);
      return (await readRows(spools)).map((row): Candidate => {
        const result = resultOf(row);
        return [row.id.slice(0, 7), `${shortRef(row.ref)} ${row.state}${result === '' ? '' : ` ${result}`}`];
      });
    }
    case 'jobs': {
      const { loaded } = await readState(context);
      return (loaded.config?.jobs ?? []).map(({ name, id }): Candidate => [name, id]);
    }
    case 'remotes': {
      const { settings } = await readState(context);
      return settings.remotes.map(({ name, urls: [url = ''] }): Candidate => [name, url]);
    }
    case 'refs':
      return await refs(typed, context);
    default:
      return [];
  }
}

/** Branches and tags, newest first; of a range the second one. */
async function refs(typed: string, context: CommandContext): Promise<Candidate[]> {
  const { git } = await readState(context);
  const start = /^.*\.\./.exec(typed)?.[0] ?? '';
  const format = '%(refname:short)%09%(contents:subject)';
  const { stdout } = await git.run([
    'for-each-ref',
    '--sort=-creatordate',
    `--count=${AT_MOST}`,
    `--format=${format}`,
    'refs/heads',
    'refs/tags',
  ]);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line): Candidate => {
      const [name = '', about = ''] = line.split('\t');
      return [`${start}${name}`, about];
    });
}
