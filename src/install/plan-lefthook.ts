import { join } from 'node:path';
import { t } from '../core/translate.ts';
import { readText } from '../platform/files.ts';
import { inspectHook } from './hook-file.ts';
import { type LefthookConfig, SCRIPT, SCRIPT_PATH, readLefthook } from './lefthook.ts';
import { placeOf } from './place.ts';
import type { Draft, PlanInput } from './plan.ts';
import { SNIPPET } from './snippet.ts';
import { mayChange } from './work-tree.ts';

/**
 * Plans what lefthook is told, where it is used.
 *
 * @returns true: it has the place of the pre-push, and there is nothing more to do with that
 */
export async function planLefthook(input: PlanInput, draft: Draft): Promise<boolean> {
  const { workTree, hooksDir } = input.repository;
  const file = await inspectHook(join(hooksDir, 'pre-push'));
  const isThere = file.kind === 'managed' && file.manager === 'lefthook';
  if (workTree === null) return isThere;
  const config = await readLefthook(workTree);
  if (config.path !== null || isThere) await planConfig(config, { ...input, workTree }, draft);
  return isThere;
}

async function planConfig(
  { path: teams, local, callsUs }: LefthookConfig,
  input: PlanInput & { readonly workTree: string },
  draft: Draft,
): Promise<void> {
  const isTeams = callsUs && local?.text?.includes('codearts-hooks') !== true;
  if (isTeams && teams !== null) {
    draft.places.push(placeOf('lefthook', teams, { isWritten: false, isMade: false }, input));
    return;
  }
  if (!local) {
    if (callsUs) return;
    draft.leftOut.push(
      t`lefthook runs the pre-push; tell it to run ours: a script with use_stdin, not a run job, with the line ${SNIPPET}`,
    );
    return;
  }
  const script = join(input.workTree, SCRIPT_PATH);
  const texts = [
    { path: script, text: SCRIPT, before: await readText(script), mode: 0o755 },
    { path: local.path, text: local.wanted, before: local.text, mode: null },
  ];
  const changed = texts.filter(({ text, before }) => text !== before);
  const allowed = await Promise.all(changed.map(({ path }) => mayChange(path, input)));
  if (allowed.includes(false)) {
    const what = t`lefthook reads this file for you alone; it would get an entry that calls ours, and a script for it`;
    draft.asks.push({ path: local.path, what });
    return;
  }
  for (const each of changed) draft.actions.push({ kind: 'write', ...each });
  for (const { path, before } of texts) {
    draft.places.push(placeOf('lefthook', path, { isWritten: true, isMade: before === null }, input));
  }
}
