import { join } from 'node:path';
import { supportsConfigHooks } from '../install/config-layer.ts';
import type { Layer } from '../install/layers.ts';
import type { Env } from '../platform/effects.ts';
import { lstat, orNull } from '../platform/files.ts';
import type { RepositoryState } from './repository-state.ts';

const LAYER_WORDS = { config: "git's config", files: 'hooks dir', manager: 'hook manager' } as const;

/** Whether a push calls us: by a file, or by git's config where git here reads it. */
export async function isCalled(layers: readonly Layer[], env: Env): Promise<boolean> {
  if (layers.some(({ kind, ok }) => kind !== 'config' && ok)) return true;
  return layers.some(({ kind, ok }) => kind === 'config' && ok) && (await supportsConfigHooks(env));
}

/** Whether the last push found no node to start the runner with: what it left waits. */
export async function foundNoNode({ stateDir }: Pick<RepositoryState, 'stateDir'>): Promise<boolean> {
  return (await orNull(lstat(join(stateDir, 'no-node')))) !== null;
}

/** What `status` says of the hooks. */
export function hookWords(
  {
    installed,
    layers,
  }: { readonly installed: boolean; readonly layers: readonly Pick<Layer, 'kind' | 'ok'>[] },
  noNode: boolean,
): string {
  if (!installed) return 'not installed; run codearts-hooks install';
  if (noNode) return 'the last push found no node, and waits; run codearts-hooks install';
  const isBroken = layers.some(({ ok }) => !ok);
  const names = layers.filter(({ ok }) => ok).map(({ kind }) => LAYER_WORDS[kind]);
  return `in place: ${names.join(', ')}${isBroken ? '; codearts-hooks doctor tells what is not' : ''}`;
}
