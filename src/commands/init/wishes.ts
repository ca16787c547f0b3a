import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import type { Options } from '../define.ts';

/** What the command line has said already: nothing of it is asked for. */
export interface Wishes {
  readonly region: string | null;
  /** A project of CodeArts, by its id or name. */
  readonly project: string | null;
  /** A job, by its id, the address of its page, or its name. */
  readonly job: string | null;
  /** How the job is to be called in the config. */
  readonly name: string | null;
  readonly branches: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly paths: readonly string[] | null;
  /** Whether the root package.json is to set up every clone; null: not said. */
  readonly prepare: boolean | null;
  readonly isYes: boolean;
  readonly isDryRun: boolean;
}

/** Reads them. @throws {UserError} `usage` */
export function readWishes(options: Options): Wishes {
  const word = (key: string): string | null => {
    const value = options[key];
    if (typeof value !== 'string') return null;
    if (value.trim() !== '') return value.trim();
    throw emptyError(key);
  };
  const list = (key: string): string[] | null => {
    const patterns = word(key)
      ?.split(',')
      .map((pattern) => pattern.trim())
      .filter(Boolean);
    if (patterns?.length === 0) throw emptyError(key);
    return patterns ?? null;
  };
  const region = word('region');
  if (region !== null && !isRegion(region)) {
    throw new UserError('usage', t`${region} is not a region`, {
      hint: 'codearts-hooks init --region cn-north-4',
    });
  }
  return {
    region,
    project: word('project'),
    job: word('job'),
    name: word('name'),
    branches: list('branches'),
    tags: list('tags'),
    paths: list('paths'),
    prepare: typeof options['prepare'] === 'boolean' ? options['prepare'] : null,
    isYes: options['yes'] === true,
    isDryRun: options['dryRun'] === true,
  };
}

function emptyError(key: string): UserError {
  return new UserError('usage', t`--${key} is empty`, { hint: 'codearts-hooks init --help' });
}

/** Whether it is the name of a region, as the config takes it. */
export function isRegion(text: string): boolean {
  return /^[a-z]+(?:-[a-z]+)+-\d+$/.test(text);
}
