import { dirname } from 'node:path';
import { makeFolder, removeFile, rename, writeAtomic } from '../platform/files.ts';
import type { Action } from './plan.ts';

/** Does what was planned, in order. Each step alone leaves a repository that git can work with. */
export async function applyActions(actions: readonly Action[]): Promise<void> {
  for (const action of actions) await apply(action);
}

async function apply(action: Action): Promise<void> {
  switch (action.kind) {
    case 'make-folder':
      return await makeFolder(action.path, action.mode);
    case 'write':
      return await writeAtomic(action.path, action.text, { mode: action.mode });
    case 'keep':
      await makeFolder(dirname(action.as), 0o755);
      return await rename(action.path, action.as);
    case 'remove':
      await removeFile(action.path);
  }
}
