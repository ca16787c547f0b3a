import { join } from 'node:path';
import { type Endpoint, resolveEndpoint } from '../codearts/endpoint.ts';
import { type LoadedConfig, loadConfig, loadConfigFromCommit } from '../config/load.ts';
import { whyInvalid } from '../config/problem-text.ts';
import type { Config } from '../config/schema.ts';
import { fallbackSpool } from '../config/registry.ts';
import { type TrustSubject, trustSubject } from '../config/trust.ts';
import { UserError } from '../core/errors.ts';
import { t, translated } from '../core/translate.ts';
import { stateDirOf } from '../install/layout.ts';
import { lstat, orNull } from '../platform/files.ts';
import { type Git, openGit } from '../platform/git.ts';
import { type Repository, findRepository } from '../platform/repository.ts';
import { type GitSettings, originOf, settingsOf } from '../push/settings.ts';
import { type Spool, SpoolVersionError, checkVersion } from '../spool/spool.ts';
import type { CommandContext } from './define.ts';

/** The repository that a command works on, with what its folders and files say. */
export interface RepositoryState {
  readonly repository: Repository;
  readonly stateDir: string;
  /** The repository's own spool, then the one of last resort if there is one. */
  readonly spools: readonly Spool[];
  readonly isInstalled: boolean;
  readonly git: Git;
  readonly settings: GitSettings;
  readonly loaded: LoadedConfig;
  readonly endpoint: Endpoint;
  /** What an approval would be of; null without a valid config. */
  readonly subject: TrustSubject | null;
}

/** Reads all that. @throws {UserError} `not-a-repository`, `queue-version` */
export async function readState({ directory, effects }: CommandContext): Promise<RepositoryState> {
  const { env } = effects;
  const repository = await findRepository(directory, env);
  const stateDir = stateDirOf(repository);
  const fallback = fallbackSpool(repository.commonDir, env);
  const tree = repository.workTree ?? repository.gitDir;
  const git = openGit(repository.gitDir, tree, env);
  const settings = settingsOf(repository.config);
  const isBare = repository.workTree === null;
  const [loaded, runner, last] = await Promise.all([
    isBare ? loadConfigFromCommit(git, 'HEAD') : loadConfig(tree),
    orNull(lstat(join(stateDir, 'runner.cjs'))),
    fallback === null ? null : orNull(lstat(fallback)),
    wantKnownVersion(stateDir),
  ]);
  const roots = [stateDir, ...(fallback !== null && last !== null ? [fallback] : [])];
  const origin = originOf(settings, repository.commonDir);
  return {
    repository,
    stateDir,
    spools: roots.map((root) => ({ root })),
    isInstalled: runner !== null,
    git,
    settings,
    loaded,
    endpoint: resolveEndpoint(loaded.config, env, origin),
    subject: loaded.config && trustSubject(loaded.config, origin),
  };
}

/** @throws {UserError} `queue-version` */
async function wantKnownVersion(stateDir: string): Promise<void> {
  try {
    await checkVersion(stateDir);
  } catch (error) {
    if (!(error instanceof SpoolVersionError)) throw error;
    throw new UserError('queue-version', error.message, {
      hint: 'npx codearts-hooks@latest install',
      cause: error,
    });
  }
}

/** The config of the repository. @throws {UserError} `config-missing`, `config-invalid` with the place */
export function wantConfig({ loaded }: RepositoryState): Config {
  const { path, config } = loaded;
  if (path === null) {
    throw new UserError('config-missing', t`there is no codearts-hooks.json`, {
      hint: 'codearts-hooks init',
    });
  }
  if (config) return config;
  throw new UserError('config-invalid', translated(whyInvalid(loaded)), { hint: t`mend ${path}` });
}

/** @throws {UserError} `not-installed` */
export function wantInstalled({ isInstalled, repository }: RepositoryState): void {
  if (isInstalled) return;
  throw new UserError(
    'not-installed',
    t`codearts-hooks is not installed in ${repository.workTree ?? repository.gitDir}`,
    {
      hint: 'codearts-hooks install',
    },
  );
}
