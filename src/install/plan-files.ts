import { basename, dirname, join, relative } from 'node:path';
import { lstat, orNull, readText } from '../platform/files.ts';
import { SCRIPT_BLOCK, blockVersion, withScriptBlock } from './block.ts';
import { inspectHook } from './hook-file.ts';
import { planHookFile } from './plan-hook-file.ts';
import { SCRIPT, SCRIPT_PATH, readLefthook } from './lefthook.ts';
import type { Manifest, Place } from './manifest.ts';
import type { Draft, PlanInput } from './plan.ts';
import { readSimpleGitHooks } from './simple-git-hooks.ts';
import { mayChange } from './work-tree.ts';

/** The line that calls our shim from any shell script. */
export const SNIPPET = 'sh "$(git rev-parse --git-common-dir)/codearts-hooks/pre-push" "$@" || :';

/** Plans what makes git, or the hook manager that has git's place, call our shim from a file. */
export async function planFiles(input: PlanInput, before: Manifest | null, draft: Draft): Promise<void> {
  const { repository, isServer } = input;
  const { hooksDir, hooksPathScope } = repository;
  if (hooksPathScope !== null && hooksPathScope !== 'local' && hooksPathScope !== 'worktree') {
    draft.leftOut.push(
      `core.hooksPath is set in git's ${hooksPathScope} configuration: ${hooksDir} belongs to all your repositories; call ours from the pre-push there: ${SNIPPET}`,
    );
    return;
  }
  const info = await orNull(lstat(hooksDir));
  if (info && !info.isDirectory() && !info.isSymbolicLink()) {
    draft.leftOut.push(`core.hooksPath is ${hooksDir}, which is no folder: git runs no hook from there`);
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
    draft.asks.push({ path, what: 'husky runs this file at a push; it would get lines that call ours' });
    return;
  }
  draft.actions.push({ kind: 'write', path, text: wanted, mode: text === null ? 0o755 : null, before: text });
  draft.places.push(placeOf('block', path, { isWritten: true, isMade: text === null }, input));
}

/** True: lefthook has the place of the pre-push, and there is nothing more to do with it. */
async function planLefthook(input: PlanInput, draft: Draft): Promise<boolean> {
  const { workTree, hooksDir } = input.repository;
  const file = await inspectHook(join(hooksDir, 'pre-push'));
  const isThere = file.kind === 'managed' && file.manager === 'lefthook';
  const config = workTree === null ? null : await readLefthook(workTree);
  if (workTree === null || config === null || (config.path === null && !isThere)) return isThere;
  const { local, callsUs } = config;
  const script = join(workTree, SCRIPT_PATH);
  const texts = local && [
    { path: script, text: SCRIPT, before: await readText(script) },
    { path: local.path, text: local.wanted, before: local.text },
  ];
  const isInOrder = texts?.every(({ text, before }) => text === before) === true;
  if (!isInOrder && callsUs && local?.text?.includes('codearts-hooks') !== true) return isThere; // the team's own
  if (!texts) {
    if (!callsUs) {
      draft.leftOut.push(
        `lefthook runs the pre-push; tell it to run ours: a script with use_stdin, not a run job, with the line ${SNIPPET}`,
      );
    }
    return isThere;
  }
  const isAllowed =
    isInOrder || ((await mayChange(script, input)) && (await mayChange(texts[1]?.path ?? '', input)));
  if (!isAllowed) {
    const what =
      'lefthook reads this file for you alone; it would get an entry that calls ours, and a script for it';
    draft.asks.push({ path: texts[1]?.path ?? '', what });
    return isThere;
  }
  for (const { path, text, before } of texts) {
    if (text !== before)
      draft.actions.push({ kind: 'write', path, text, mode: path === script ? 0o755 : null, before });
    draft.places.push(placeOf('lefthook', path, { isWritten: true, isMade: before === null }, input));
  }
  return isThere;
}

async function planSimpleGitHooks(input: PlanInput, draft: Draft): Promise<void> {
  const { workTree } = input.repository;
  const config = workTree === null ? null : await readSimpleGitHooks(workTree);
  if (!config || config.callsUs) return;
  const { edit, path } = config;
  if (!edit) {
    draft.leftOut.push(
      `simple-git-hooks takes out every hook that ${path} does not name; add to its pre-push: ${SNIPPET}`,
    );
    return;
  }
  if (!(await mayChange(path, input))) {
    const what =
      'simple-git-hooks takes out every hook that this file does not name; it would get an entry for ours';
    draft.asks.push({ path, what });
    return;
  }
  draft.actions.push({ kind: 'write', path, text: edit.wanted, mode: null, before: edit.text });
  draft.places.push(placeOf('simple-git-hooks', path, { isWritten: true, isMade: false }, input));
}

function placeOf(
  kind: Place['kind'],
  path: string,
  how: Pick<Place, 'isWritten' | 'isMade'>,
  { repository }: PlanInput,
): Place {
  return { kind, path: relative(repository.commonDir, path), ...how };
}
