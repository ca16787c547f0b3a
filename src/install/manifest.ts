import { isRecord, stringAt } from '../core/record.ts';
import { readText } from '../platform/files.ts';
import { type Manifest, manifestPath } from './layout.ts';

/** Reads what the last install has done; null when there was none, or its record is damaged. */
export async function readManifest(stateDir: string): Promise<Manifest | null> {
  try {
    const value: unknown = JSON.parse((await readText(manifestPath(stateDir))) ?? 'null');
    if (!isRecord(value)) return null;
    const kept = Array.isArray(value['kept']) ? value['kept'].filter((name) => typeof name === 'string') : [];
    const hooksDir = stringAt(value, 'hooksDir');
    if (hooksDir === null) return null;
    return {
      version: stringAt(value, 'version') ?? '',
      hooksDir,
      madeHooksDir: value['madeHooksDir'] === true,
      kept,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
