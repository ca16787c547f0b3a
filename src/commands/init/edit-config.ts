import { isRecord } from '../../core/record.ts';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { jobIdIn } from '../../config/job-id.ts';
import { validateConfig } from '../../config/validate.ts';
import type { Rules } from './choose-rules.ts';

/** The job that goes into the config. */
export interface NewJob extends Rules {
  readonly name: string;
  readonly id: string;
}

/** Where the schema is without our package in the project. */
const SCHEMA_URL = 'https://unpkg.com/codearts-hooks/schema.json';
const SCHEMA_FILE = './node_modules/codearts-hooks/schema.json';

/** The text of a new config. @param isInPackage whether the project has our package among its own */
export function newConfig(
  region: string | null,
  job: NewJob,
  { isInPackage }: { readonly isInPackage: boolean },
): string {
  const config = {
    $schema: isInPackage ? SCHEMA_FILE : SCHEMA_URL,
    ...(region === null ? {} : { region }),
    jobs: [job],
  };
  return checked(`${compactLists(JSON.stringify(config, null, 2))}\n`, config);
}

/**
 * The text of a config with a job more, or with other rules for one that it has. Whatever else is in it stays; lines
 * that the new text shares with others are formatted anew.
 *
 * @param key under which the config is in the file; none: it is the file
 * @throws {UserError} `usage` when the rules are not valid
 */
export async function withJob(
  text: string,
  { key, region, job }: { readonly key: string | null; readonly region: string | null; readonly job: NewJob },
): Promise<string> {
  const { parse, modify, applyEdits } = await import('jsonc-parser');
  const base = key === null ? [] : [key];
  const read = (from: string): unknown => {
    const value: unknown = parse(from);
    return key === null || !isRecord(value) ? value : value[key];
  };
  const isTabs = /^\t/m.test(text);
  const tabSize = isTabs ? 1 : (/^( +)"/m.exec(text)?.[1]?.length ?? 2);
  const options = { formattingOptions: { insertSpaces: !isTabs, tabSize } };
  const set = (from: string, path: (string | number)[], value: unknown): string =>
    applyEdits(
      from,
      modify(from, [...base, ...path], value, options).map((edit) => ({
        ...edit,
        content: compactLists(edit.content),
      })),
    );
  const config = read(text);
  const jobs = isRecord(config) && Array.isArray(config['jobs']) ? (config['jobs'] as unknown[]) : [];
  const index = jobs.findIndex((one) => isRecord(one) && jobIdIn(String(one['id'])) === job.id);
  let wanted = text;
  if (
    isRecord(config) &&
    config['region'] === undefined &&
    config['endpoint'] === undefined &&
    region !== null
  )
    wanted = set(wanted, ['region'], region);
  if (index < 0) {
    wanted = set(wanted, ['jobs', jobs.length], job);
  } else {
    for (const rule of ['branches', 'tags', 'paths'] as const)
      if (job[rule] !== undefined) wanted = set(wanted, ['jobs', index, rule], job[rule]);
  }
  return checked(wanted, read(wanted));
}

/** Nothing is written that we would refuse to read. */
function checked(text: string, value: unknown): string {
  const { config, findings } = validateConfig(value);
  const problem = findings.find(({ isError }) => isError);
  if (config !== null || !problem) return text;
  throw new UserError('usage', t`that makes no valid config: ${problem.path.join('.')} ${problem.message}`, {
    hint: 'codearts-hooks init --help',
  });
}

/** Lists of words on one line, as one writes them by hand. */
function compactLists(json: string): string {
  return json.replaceAll(/\[\n\s+("[^\n]*"(?:,\n\s+"[^\n]*")*)\n\s+\]/g, (_, items: string) => {
    return `[${items.replaceAll(/,\n\s+/g, ', ')}]`;
  });
}

/** A name for a job that no other of the config has: names are how one speaks of jobs here. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
