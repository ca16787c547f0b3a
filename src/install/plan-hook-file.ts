import { dirname, join, relative } from 'node:path';
import { t } from '../core/translate.ts';
import { lstat, orNull } from '../platform/files.ts';
import { keptAlready } from './apply.ts';
import { withScriptBlock } from './block.ts';
import { isExecutable } from '../platform/executable.ts';
import { type HookFile, inspectHook } from './hook-file.ts';
import { type HookName, KEPT_AS } from './layout.ts';
import type { Manifest, PlaceKind } from './manifest.ts';
import { type Draft, type PlanInput, sourceText } from './plan.ts';
import { mayChange } from './work-tree.ts';

/** The plan so far, and what an earlier install has done. */
interface Making {
  readonly draft: Draft;
  readonly before: Manifest | null;
}

/** Plans the file of one hook in the hooks dir, beside or instead of what is there. */
export async function planHookFile(name: HookName, input: PlanInput, making: Making): Promise<void> {
  const { hooksDir } = input.repository;
  if (!(await orNull(lstat(hooksDir)))) {
    making.draft.actions.push({ kind: 'make-folder', path: hooksDir, mode: 0o755 });
  }
  await planAt(join(hooksDir, name), name, input, making);
}

async function planAt(path: string, name: HookName, input: PlanInput, making: Making): Promise<void> {
  const file = await inspectHook(path);
  // It runs what it has found as `.legacy`, and takes ours for its own if we take its place.
  if (file.kind === 'managed' && file.manager === 'pre-commit' && !path.endsWith('.legacy')) {
    return await planAt(`${path}.legacy`, name, input, making);
  }
  const change = await changeAt({ name, file }, input);
  const place = (kind: PlaceKind, isWritten: boolean): void => {
    const at = relative(input.repository.commonDir, path);
    making.draft.places.push({ kind, path: at, isWritten, isMade: file.kind === 'absent' });
  };
  if (change === null) {
    place(file.kind === 'script' ? 'block' : 'own', false);
    return;
  }
  if (!(await mayChange(path, input))) {
    making.draft.asks.push({
      path,
      what: t`git runs this file at a push; it would get lines that call ours`,
    });
    return;
  }
  if (change.isKept) await planKeeping(path, name, input, making);
  making.draft.actions.push({
    kind: 'write',
    path,
    text: change.text,
    mode: change.mode,
    before: change.before,
  });
  place(change.isBlock ? 'block' : 'own', true);
}

interface Change {
  readonly text: string;
  readonly mode: number;
  readonly before: string | null;
  readonly isBlock: boolean;
  /** What is there now goes elsewhere, and is run from there. */
  readonly isKept: boolean;
}

/** What has to change; null: nothing. */
async function changeAt(
  { name, file }: { name: HookName; file: HookFile },
  { source }: PlanInput,
): Promise<Change | null> {
  if (file.kind === 'script' && name === 'pre-push' && isExecutable(file.mode)) {
    const text = withScriptBlock(file.text);
    if (text === file.text) return null;
    return { text, mode: file.mode, before: file.text, isBlock: true, isKept: false };
  }
  const text = await sourceText(join(source.hooks, name));
  if (file.kind === 'ours' && file.text === text && isExecutable(file.mode)) return null;
  const isKept = file.kind !== 'absent' && file.kind !== 'ours';
  return { text, mode: 0o755, before: file.kind === 'ours' ? file.text : null, isBlock: false, isKept };
}

async function planKeeping(
  path: string,
  name: HookName,
  { repository }: PlanInput,
  making: Making,
): Promise<void> {
  const { draft } = making;
  const as = join(repository.hooksDir, KEPT_AS[name]);
  const there = await orNull(lstat(as));
  const own = await orNull(lstat(path));
  if (there && own && there.ino === own.ino && there.dev === own.dev) {
    // An install was ended between the two steps.
    if (!draft.kept.includes(name)) draft.kept.push(name);
    return;
  }
  if (there) {
    throw keptAlready(path, as);
  }
  if (dirname(as) !== repository.hooksDir && !(await orNull(lstat(dirname(as))))) {
    draft.actions.push({ kind: 'make-folder', path: dirname(as), mode: 0o755 });
  }
  draft.actions.push({ kind: 'keep', path, as });
  if (!draft.kept.includes(name)) draft.kept.push(name);
}
