import { basename, dirname, join } from 'node:path';
import { t } from '../core/translate.ts';
import { lstat, orNull, readText } from '../platform/files.ts';
import { SCRIPT_BLOCK, blockVersion, withScriptBlock } from './block.ts';
import { planHookFile } from './plan-hook-file.ts';
import type { Manifest } from './manifest.ts';
import { placeOf } from './place.ts';
import { planLefthook } from './plan-lefthook.ts';
import type { Draft, PlanInput } from './plan.ts';
import { SNIPPET } from './snippet.ts';
import { readSimpleGitHooks } from './simple-git-hooks.ts';
import { mayChange } from './work-tree.ts';

/** Plans what makes git, or the hook manager that has git's place, call our shim from a file. */
export async function planFiles(input: PlanInput, before: Manifest | null, draft: Draft): Promise<void> {
  const { repository, isServer } = input;
  const { hooksDir, hooksPathScope } = repository;
  if (hooksPathScope !== null && hooksPathScope !== 'local' && hooksPathScope !== 'worktree') {
    draft.leftOut.push(
      t`core.hooksPath is set in git's ${hooksPathScope} configuration: ${hooksDir} belongs to all your repositories; call ours from the pre-push there: ${SNIPPET}`,
    );
    return;
  }
  const info = await orNull(lstat(hooksDir));
  if (info && !info.isDirectory() && !info.isSymbolicLink()) {
    draft.leftOut.push(t`core.hooksPath is ${hooksDir}, which is no folder: git runs no hook from there`);
    return;
  }
  if (isServer) return await planHookFile('post-receive', input, { draft, before });
  const husky = await huskyFolder(hooksDir);
  if (husky !== null) return await planHusky(husky, input, draft);
  const isLefthooks = await planLefthook(input, draft);
  await planSimpleGitHooks(input, draft);
  if (!isLefthooks) await planHookFile('pre-push', input, { draft, before });
  // Others' hooks dirs keep to what git itself knows.
  if (hooksPathScope === null) await planHookFile('post-push', input, { draft, before });
}

/** The folder of the user's hooks where husky has the hooks dir; else null. */
async function huskyFolder(hooksDir: string): Promise<string | null> {
  if (basename(hooksDir) !== '_') return null;
  const isHusky =
    (await orNull(lstat(join(hooksDir, 'h')))) ?? (await orNull(lstat(join(hooksDir, 'husky.sh'))));
  return isHusky ? dirname(hooksDir) : null;
}

async function planHusky(folder: string, input: PlanInput, draft: Draft): Promise<void> {
  const path = join(folder, 'pre-push');
  const text = await readText(path);
  // husky runs it by `sh -e`, whatever its first line and its mode.
  const wanted = text === null ? SCRIPT_BLOCK : withScriptBlock(text);
  if (text === wanted) {
    draft.places.push(placeOf('block', path, { isWritten: false, isMade: false }, input));
    return;
  }
  if (!(await mayChange(path, input))) {
    if (text !== null && blockVersion(text) !== null) return; // of another version, which works
    draft.asks.push({ path, what: t`husky runs this file at a push; it would get lines that call ours` });
    return;
  }
  draft.actions.push({ kind: 'write', path, text: wanted, mode: text === null ? 0o755 : null, before: text });
  draft.places.push(placeOf('block', path, { isWritten: true, isMade: text === null }, input));
}

async function planSimpleGitHooks(input: PlanInput, draft: Draft): Promise<void> {
  const { workTree } = input.repository;
  const config = workTree === null ? null : await readSimpleGitHooks(workTree);
  if (!config || config.callsUs) return;
  const { edit, path } = config;
  if (!edit) {
    draft.leftOut.push(
      t`simple-git-hooks takes out every hook that ${path} does not name; add to its pre-push: ${SNIPPET}`,
    );
    return;
  }
  if (!(await mayChange(path, input))) {
    const what = t`simple-git-hooks takes out every hook that this file does not name; it would get an entry for ours`;
    draft.asks.push({ path, what });
    return;
  }
  draft.actions.push({ kind: 'write', path, text: edit.wanted, mode: null, before: edit.text });
  draft.places.push(placeOf('simple-git-hooks', path, { isWritten: true, isMade: false }, input));
}
