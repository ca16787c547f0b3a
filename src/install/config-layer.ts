import { join } from 'node:path';
import type { Env } from '../platform/effects.ts';
import { makeTemporaryFolder, readText, rm, writeAtomic } from '../platform/files.ts';
import { type Git, openGit } from '../platform/git.ts';
import { type ConfigEntry, parseConfig } from '../platform/git-config.ts';
import type { Repository } from '../platform/repository.ts';

/** The section of git's config that our pre-push has. Not the name of a hook: git dies of that. */
const SECTION = 'hook.codearts-hooks';

/**
 * What git runs, by `sh -c '<this> "$@"'`: the shim in the repository's own folder, if it is still there. Nothing
 * absolute is in it, so that the repository may be moved, and what is missing never blocks a push.
 */
const COMMAND: string =
  'f=${GIT_DIR:-.git}/codearts-hooks/pre-push; ' +
  'test -r "$f" || f=$(git rev-parse --git-common-dir 2>/dev/null)/codearts-hooks/pre-push; ' +
  'test ! -r "$f" || _codearts_layer=config exec sh "$f"';

/** What git's config has of ours, in the repository's own file. */
export interface ConfigLayer {
  readonly command: string | null;
  readonly events: readonly string[];
  /** `hook.codearts-hooks.enabled=false`, which is the user's word. */
  readonly isEnabled: boolean;
}

/** A setting of the repository's config. */
export interface ConfigSetting {
  readonly key: string;
  readonly value: string;
}

/** Whether git runs hooks that its config names: tried out, in a repository of its own, on no hook of the user's. */
export async function supportsConfigHooks(env: Env): Promise<boolean> {
  const folder = await makeTemporaryFolder('codearts-hooks-probe-');
  try {
    const git = openGit(folder, folder, env);
    await git.run(['init', '--quiet', '--bare', '--template=', folder]);
    const probe = `${SECTION}-probe`;
    const settings = ['core.hooksPath=/dev/null', `${probe}.command=echo it runs`, `${probe}.event=pre-push`];
    const options = settings.flatMap((setting) => ['-c', setting]);
    const { stdout, stderr } = await git.run([...options, 'hook', 'run', '--ignore-missing', 'pre-push']);
    return `${stdout}${stderr}`.split('\n').includes('it runs');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads the layer; null when there is none of it. */
export async function readConfigLayer(git: Git): Promise<ConfigLayer | null> {
  const keys = String.raw`^hook\.codearts-hooks\.`;
  const { stdout } = await git.run(['config', '--local', '--show-scope', '-z', '--get-regexp', keys]);
  return configLayerOf(parseConfig(stdout, true));
}

/** The layer as entries of git's configuration tell it; null when there is none of it. */
export function configLayerOf(config: readonly ConfigEntry[]): ConfigLayer | null {
  const own = config.filter(({ scope, key }) => scope === 'local' && key.startsWith(`${SECTION}.`));
  if (own.length === 0) return null;
  const valuesOf = (name: string) =>
    own.filter(({ key }) => key === `${SECTION}.${name}`).map(({ value }) => value ?? '');
  return {
    command: valuesOf('command').at(-1) ?? null,
    events: valuesOf('event').filter(Boolean),
    isEnabled: !/^(?:false|no|off|0)$/i.test(valuesOf('enabled').at(-1) ?? ''),
  };
}

/** Whether the layer is as it should be. */
export function isInOrder(layer: ConfigLayer | null): boolean {
  return layer?.command === COMMAND && layer.events.join() === 'pre-push';
}

/** What sets it up, in this order: with an event but no command, every command of git that runs a hook fails. */
export const SETTINGS: readonly ConfigSetting[] = [
  { key: `${SECTION}.command`, value: COMMAND },
  { key: `${SECTION}.event`, value: 'pre-push' },
];

/** Takes the layer out, as a whole. */
export async function removeConfigLayer(git: Git): Promise<void> {
  if (await readConfigLayer(git)) await git.run(['config', '--local', '--remove-section', SECTION]);
}

/** The repository's config as it is, and as it would be with these settings: git itself writes them, to a copy. */
export async function previewConfig(
  settings: readonly ConfigSetting[],
  { commonDir }: Pick<Repository, 'commonDir'>,
  env: Env,
): Promise<{ readonly path: string; readonly before: string; readonly after: string }> {
  const path = join(commonDir, 'config');
  const before = (await readText(path)) ?? '';
  const folder = await makeTemporaryFolder('codearts-hooks-preview-');
  try {
    const copy = join(folder, 'config');
    await writeAtomic(copy, before);
    const git = openGit(commonDir, commonDir, env);
    for (const { key, value } of settings)
      await git.run(['config', '--file', copy, '--replace-all', key, value]);
    return { path, before, after: (await readText(copy)) ?? before };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
