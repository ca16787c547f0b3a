import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Env } from '../platform/effects.ts';
import { access, constants, lstat, makeFolder, orNull, readText, writeAtomic } from '../platform/files.ts';
import { openGit } from '../platform/git.ts';
import { nodePath } from '../platform/node.ts';
import { applyActions } from './apply.ts';
import { SETTINGS } from './config-layer.ts';
import { inspectHook } from './hook-file.ts';
import { type Place, readManifest } from './manifest.ts';

/**
 * Puts back what others have taken out: git's config, and our files in `.git/hooks`. Nothing of the work tree, and
 * no script of anybody's, is touched. Run after a push by the runner, which one layer is enough to start.
 *
 * @returns what was put back, a path each
 */
export async function repairLayers(stateDir: string, env: Env): Promise<string[]> {
  const commonDir = dirname(stateDir);
  const manifest = await readManifest(stateDir);
  if (!manifest) return [];
  const repaired: string[] = [];
  if (manifest.isInConfig && !(await isConfigured(commonDir, env))) {
    const settings = SETTINGS.map((setting) => ({ kind: 'configure' as const, ...setting }));
    await applyActions(settings, { commonDir }, env);
    repaired.push(join(commonDir, 'config'));
  }
  for (const place of manifest.places) {
    const path = await repairPlace(place, { commonDir, stateDir });
    if (path !== null) repaired.push(path);
  }
  const recorded = join(stateDir, 'node');
  if (!(await canRun(((await readText(recorded)) ?? '').trim()))) {
    await writeAtomic(recorded, `${nodePath()}\n`, { mode: 0o644 });
    repaired.push(recorded);
  }
  return repaired;
}

/** A look at the file is enough to see that nothing is missing; git, a process, is asked only if not. */
async function isConfigured(commonDir: string, env: Env): Promise<boolean> {
  const text = (await readText(join(commonDir, 'config'))) ?? '';
  const isThere = text.includes('[hook "codearts-hooks"]') && text.includes('codearts-hooks/pre-push');
  if (isThere && /^\s*event = pre-push$/m.test(text)) return true;
  const git = openGit(commonDir, commonDir, env);
  const events = await git.run(['config', '--get-all', 'hook.codearts-hooks.event']);
  const command = await git.run(['config', '--get', 'hook.codearts-hooks.command']);
  return events.stdout.trim() !== '' && command.stdout.trim() !== '';
}

async function repairPlace(
  place: Place,
  { commonDir, stateDir }: { readonly commonDir: string; readonly stateDir: string },
): Promise<string | null> {
  const isFile = place.isWritten && (place.kind === 'own' || place.kind === 'block');
  const path = resolve(commonDir, place.path);
  if (!isFile || relative(commonDir, path).startsWith('..')) return null;
  const at = await missingAt(path);
  const name = basename(path).replace(/\.legacy$/, '');
  const shim = await readText(join(stateDir, name));
  if (at === null || shim === null) return null;
  await makeFolder(dirname(at), 0o755);
  await writeAtomic(at, shim, { mode: 0o755 });
  return at;
}

/** Where our file is missing; null: it is there, or somebody else's is. */
async function missingAt(path: string): Promise<string | null> {
  const file = await inspectHook(path);
  if (file.kind === 'absent') return path;
  if (file.kind !== 'managed' || file.manager !== 'pre-commit' || path.endsWith('.legacy')) return null;
  return (await orNull(lstat(`${path}.legacy`))) ? null : `${path}.legacy`;
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // for whatever reason, the shims could not run it either
  }
}
