import { basename, dirname, join } from 'node:path';
import { t } from '../core/translate.ts';
import { lstat, orNull, readText } from '../platform/files.ts';
import type { Repository } from '../platform/repository.ts';
import { blockVersion } from './block.ts';
import { configLayerOf, isInOrder } from './config-layer.ts';
import { isExecutable } from '../platform/executable.ts';
import { inspectHook } from './hook-file.ts';
import { stateDirOf } from './layout.ts';
import { readLefthook } from './lefthook.ts';
import { readManifest } from './manifest.ts';

/** One of the ways by which a push calls us. */
export interface Layer {
  /** `config`: git's own config; `files`: a file that git runs; `manager`: by a hook manager that has its place. */
  readonly kind: 'config' | 'files' | 'manager';
  readonly path: string;
  readonly ok: boolean;
  /** What is wrong with it; else ''. */
  readonly problem: string;
}

/** The layers of a repository as it was found: one that was written, and the one that git's hooks dir has. */
export async function inspectLayers(repository: Repository): Promise<Layer[]> {
  const { commonDir, hooksDir } = repository;
  const manifest = await readManifest(stateDirOf(repository));
  const config = configLayerOf(repository.config);
  const layers: Layer[] = [];
  if (manifest?.isInConfig || config) {
    layers.push(layer('config', join(commonDir, 'config'), configProblem(config)));
  }
  if (manifest?.isServer) layers.push(await fileLayer(join(hooksDir, 'post-receive')));
  else layers.push(await pushLayer(repository));
  return layers;
}

function configProblem(config: ReturnType<typeof configLayerOf>): string {
  if (!config) return t`the entry is gone`;
  if (config.command === null) return t`it names an event and no command: every hook of git fails`;
  if (!config.isEnabled) return t`hook.codearts-hooks.enabled is false`;
  return isInOrder(config) ? '' : t`the entry is not as it was written`;
}

async function pushLayer({ hooksDir, workTree }: Repository): Promise<Layer> {
  const path = join(hooksDir, 'pre-push');
  if (basename(hooksDir) === '_' && (await orNull(lstat(join(hooksDir, 'h'))))) {
    const own = join(dirname(hooksDir), 'pre-push');
    const text = (await readText(own)) ?? '';
    return layer('manager', own, callsUs(text) ? '' : t`husky runs it, and it does not call ours`);
  }
  const file = await inspectHook(path);
  if (file.kind === 'managed' && file.manager === 'pre-commit') {
    const { problem } = await fileLayer(`${path}.legacy`);
    return layer('manager', `${path}.legacy`, problem);
  }
  if (file.kind === 'managed' && file.manager === 'lefthook' && workTree !== null) {
    const { callsUs: isTold } = await readLefthook(workTree);
    return layer('manager', path, isTold ? '' : t`lefthook has its place, and is not told of ours`);
  }
  return await fileLayer(path);
}

async function fileLayer(path: string): Promise<Layer> {
  const file = await inspectHook(path);
  const isOurs = file.kind === 'ours' || (file.kind === 'script' && callsUs(file.text));
  if (!isOurs)
    return layer('files', path, file.kind === 'absent' ? t`it is not there` : t`it does not call ours`);
  return layer('files', path, isExecutable(file.mode) ? '' : t`it is not executable`);
}

function callsUs(text: string): boolean {
  return blockVersion(text) !== null || text.includes('codearts-hooks/pre-push');
}

function layer(kind: Layer['kind'], path: string, problem: string): Layer {
  return { kind, path, ok: problem === '', problem };
}
