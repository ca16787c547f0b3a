import { join } from 'node:path';
import { supportsConfigHooks } from '../install/config-layer.ts';
import { t } from '../core/translate.ts';
import type { Layer } from '../install/layers.ts';
import type { Env } from '../platform/effects.ts';
import { lstat, orNull } from '../platform/files.ts';
import type { RepositoryState } from './repository-state.ts';

const LAYER_WORDS = {
  config: () => t`git's config`,
  files: () => t`hooks dir`,
  manager: () => t`hook manager`,
} as const;

/** Whether a push calls us: by a file, or by git's config where git here reads it. */
export async function isCalled(layers: readonly Layer[], env: Env): Promise<boolean> {
  if (layers.some(({ kind, ok }) => kind !== 'config' && ok)) return true;
  return layers.some(({ kind, ok }) => kind === 'config' && ok) && (await supportsConfigHooks(env));
}

/** Whether the last push found no node to start the runner with: what it left waits. */
export async function foundNoNode({ stateDir }: Pick<RepositoryState, 'stateDir'>): Promise<boolean> {
  return (await orNull(lstat(join(stateDir, 'no-node')))) !== null;
}

/** What `status` says of the hooks; a remedy where they do not work. */
export function hookWords(
  {
    installed,
    layers,
  }: { readonly installed: boolean; readonly layers: readonly Pick<Layer, 'kind' | 'ok'>[] },
  noNode: boolean,
): { readonly text: string; readonly remedy: string | null } {
  const install = 'codearts-hooks install';
  if (!installed) return { text: t`not installed`, remedy: install };
  if (noNode) return { text: t`the last push found no node, and waits`, remedy: install };
  const names = layers.filter(({ ok }) => ok).map(({ kind }) => LAYER_WORDS[kind]());
  const isBroken = layers.some(({ ok }) => !ok);
  return { text: t`in place: ${names.join(', ')}`, remedy: isBroken ? 'codearts-hooks doctor' : null };
}
