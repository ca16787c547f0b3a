import { join } from 'node:path';
import { isRecord, stringAt } from '../core/record.ts';
import { readText } from '../platform/files.ts';

/** How a place calls us: by a file of our own, a few lines in somebody's script, or an entry of a manager's config. */
export type PlaceKind = 'own' | 'block' | 'lefthook' | 'simple-git-hooks';

/** Something that calls our shim, outside our own folder and git's config. */
export interface Place {
  readonly kind: PlaceKind;
  /** Relative to git's common dir: a copy of a repository must not reach into the original. */
  readonly path: string;
  /** Whether an install of this repository wrote it; else it came with the team's files, and stays at an uninstall. */
  readonly isWritten: boolean;
  /** Whether the file was not there before. */
  readonly isMade: boolean;
}

/** What an install has done outside our own folder, kept for the uninstall. */
export interface Manifest {
  readonly version: string;
  /** Relative to git's common dir. */
  readonly hooksDir: string;
  readonly madeHooksDir: boolean;
  /** Whether the folder was there before that a hook has gone to. */
  readonly hadKeptFolder: boolean;
  /** Hooks that were there before and had to make room, by name. */
  readonly kept: readonly string[];
  readonly places: readonly Place[];
  /** Whether the pre-push is in git's config too. */
  readonly isInConfig: boolean;
  /** Set up to be pushed to. */
  readonly isServer: boolean;
}

const KINDS: readonly PlaceKind[] = ['own', 'block', 'lefthook', 'simple-git-hooks'];

/** Where the manifest is. */
function manifestPath(stateDir: string): string {
  return join(stateDir, 'installed.json');
}

/** Reads what the last install has done; null when there was none, or its record is damaged. */
export async function readManifest(stateDir: string): Promise<Manifest | null> {
  try {
    const value: unknown = JSON.parse((await readText(manifestPath(stateDir))) ?? 'null');
    if (!isRecord(value)) return null;
    const hooksDir = stringAt(value, 'hooksDir');
    if (hooksDir === null) return null;
    const kept = Array.isArray(value['kept']) ? value['kept'].filter((name) => typeof name === 'string') : [];
    return {
      version: stringAt(value, 'version') ?? '',
      hooksDir,
      madeHooksDir: value['madeHooksDir'] === true,
      hadKeptFolder: value['hadKeptFolder'] === true,
      kept,
      places: Array.isArray(value['places']) ? value['places'].filter(isPlace) : placesOfVersion1(hooksDir),
      isInConfig: value['isInConfig'] === true,
      isServer: value['isServer'] === true,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isPlace(value: unknown): value is Place {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    typeof value['isWritten'] === 'boolean' &&
    typeof value['isMade'] === 'boolean' &&
    KINDS.some((kind) => kind === value['kind'])
  );
}

/** 0.1 wrote these two, and kept no list of them. */
function placesOfVersion1(hooksDir: string): Place[] {
  return ['pre-push', 'post-push'].map((name) => ({
    kind: 'own',
    path: join(hooksDir, name),
    isWritten: true,
    isMade: false,
  }));
}
