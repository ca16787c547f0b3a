import { codeArtsRemote } from '../../codearts/remote.ts';
import { regionIn } from '../../config/job-id.ts';
import { REGIONS } from '../../config/regions.ts';
import { UserError } from '../../core/errors.ts';
import { stripUrl } from '../../core/redact.ts';
import { t } from '../../core/translate.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import { warning } from '../warning.ts';
import type { Asker } from './asker.ts';
import { type Wishes, isRegion } from './wishes.ts';

/** Where most are; offered first. */
const USUAL = 'cn-north-4';

/** The URL that the repository is pushed to, as it is configured but without credentials; null: it has no remote. */
export function originUrl({ settings }: RepositoryState): string | null {
  const origin = settings.remotes.find(({ name }) => name === 'origin') ?? settings.remotes[0];
  const url = origin?.pushUrls[0] ?? origin?.urls[0];
  return url === undefined ? null : stripUrl(url);
}

/**
 * The region of the jobs: what was said, what the config has, what the environment, the address of the job's page or
 * that of the remote tells; else it is asked for.
 *
 * @returns null: the config names an endpoint instead
 * @throws {UserError} `usage` where nobody can be asked, or two of them differ
 */
export async function chooseRegion(
  state: RepositoryState,
  { region: wanted, job }: Pick<Wishes, 'region' | 'job'>,
  asker: Asker | null,
  context: CommandContext,
): Promise<string | null> {
  const { config, path } = state.loaded;
  const fixed = config?.region ?? null;
  if (wanted !== null && fixed !== null && wanted !== fixed) {
    throw new UserError('usage', t`${path ?? ''} is for ${fixed}, and a config has one region`, {
      hint: t`leave out --region, or change "region" in ${path ?? ''}`,
    });
  }
  // A service of one's own needs none.
  if (config?.endpoint !== undefined) return fixed;
  const remote = codeArtsRemote(originUrl(state) ?? '')?.region ?? null;
  const page = regionIn(job ?? '');
  const { endpoint } = state;
  const found = wanted ?? (endpoint.kind === 'endpoint' ? endpoint.region : null);
  const isGuessed = wanted === null && fixed === null && (found === null || found === remote);
  if (isGuessed && page !== null) return byPage(page, remote, context);
  if (found !== null) {
    if (isGuessed) context.say(t`region ${found}, by the address of the remote`);
    if (page !== null && page !== found)
      context.say(warning(t`the page of the job is in ${page}, and the region is ${found}`, context));
    return found;
  }
  if (asker) return await askRegion(asker);
  throw new UserError('usage', t`the region is not known: the address of the remote does not tell it`, {
    hint: 'codearts-hooks init --region cn-north-4 --job <id>',
  });
}

function byPage(page: string, remote: string | null, context: CommandContext): string {
  context.say(
    remote === null || remote === page
      ? t`region ${page}, by the address of the job`
      : warning(
          t`region ${page}, by the address of the job; the address of the remote says ${remote}`,
          context,
        ),
  );
  return page;
}

async function askRegion(asker: Asker): Promise<string> {
  return await asker.search(t`In which region are your jobs?`, (typed) => {
    const known = [USUAL, ...REGIONS.filter((region) => region !== USUAL)]
      .filter((region) => region.includes(typed))
      .map((region) => ({ value: region, label: region }));
    return isRegion(typed) && !known.some(({ value }) => value === typed)
      ? [...known, { value: typed, label: typed, hint: t`not on the list of regions with CodeArts Build` }]
      : known;
  });
}
