import { orNull, lstat, readText } from '../platform/files.ts';

/** What is at the place of a hook. */
export type HookFile =
  | { readonly kind: 'absent' }
  /** One of ours, of any version. */
  | { readonly kind: 'ours'; readonly version: number; readonly text: string }
  /** Of another hook manager, which would not survive being chained, or would overwrite ours. */
  | { readonly kind: 'managed'; readonly manager: string }
  | { readonly kind: 'foreign' };

const OURS = /^# codearts-hooks shim (\d+): /m;

// How the files that a manager writes are known. A fingerprint only: coexistence.md section 1.
const MANAGERS: readonly (readonly [string, RegExp])[] = [
  ['husky', /\/h"$|husky\.sh|^\. "\$\(dirname (?:-- )?"\$0"\)\/h"/m],
  ['lefthook', /LEFTHOOK/],
  ['pre-commit', /pre-commit\.com|hook-impl/],
  ['simple-git-hooks', /SIMPLE_GIT_HOOKS/],
];

/** Looks at the place of a hook. */
export async function inspectHook(path: string): Promise<HookFile> {
  const info = await orNull(lstat(path));
  if (!info) return { kind: 'absent' };
  const text = info.isDirectory() ? null : await readText(path);
  if (text === null) return { kind: 'foreign' };
  const version = OURS.exec(text.slice(0, 400))?.[1];
  if (version !== undefined) return { kind: 'ours', version: Number(version), text };
  const manager = MANAGERS.find(([, sign]) => sign.test(text))?.[0];
  return manager === undefined ? { kind: 'foreign' } : { kind: 'managed', manager };
}
