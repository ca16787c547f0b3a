import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { stringAt } from '../core/record.ts';
import type { Env } from '../platform/effects.ts';
import { listNames, makeFolder, readText, removeFile, writeAtomic } from '../platform/files.ts';
import type { Config } from './schema.ts';
import { userFolders } from './user-folders.ts';

/** What an approval is of: the keys of a committed config that say where requests go, for one repository. */
export interface TrustSubject {
  /** The repository: the URL of its `origin` without credentials, or its path where there is none. */
  readonly origin: string;
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly jobs: readonly { readonly name: string; readonly id: string }[];
}

const DIGEST = /^[0-9a-f]{64}$/;

/** The subject of a config: whoever changes one of these must be approved again (delivery.md 4.2). */
export function trustSubject(config: Config, origin: string): TrustSubject {
  const jobs = config.jobs.map(({ name, id }) => ({ name, id })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { origin, region: config.region ?? null, endpoint: config.endpoint ?? null, jobs };
}

/** Whether the user has approved exactly this, on this machine or for this run (`CODEARTS_HOOKS_TRUST=1`). */
export async function isTrusted(subject: TrustSubject, env: Env): Promise<boolean> {
  if (env['CODEARTS_HOOKS_TRUST'] === '1') return true;
  const folder = trustFolder(env);
  return folder !== null && (await readText(join(folder, digest(subject)))) !== null;
}

/** Keeps the approval. False: the environment names no folder to keep it in. */
export async function approve(subject: TrustSubject, env: Env): Promise<boolean> {
  const folder = trustFolder(env);
  if (folder === null) return false;
  await makeFolder(folder);
  await writeAtomic(join(folder, digest(subject)), `${JSON.stringify(subject, null, 2)}\n`);
  return true;
}

/** Takes back every approval of the repository `origin`; tells how many there were. */
export async function revoke(origin: string, env: Env): Promise<number> {
  const folder = trustFolder(env);
  if (folder === null) return 0;
  let count = 0;
  for (const name of (await listNames(folder)).filter((each) => DIGEST.test(each))) {
    const text = await readText(join(folder, name));
    if (text !== null && originIn(text) === origin && (await removeFile(join(folder, name)))) count += 1;
  }
  return count;
}

function originIn(text: string): string | null {
  try {
    return stringAt(JSON.parse(text), 'origin');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function trustFolder(env: Env): string | null {
  const folders = userFolders(env);
  return folders && join(folders.state, 'trust');
}

function digest(subject: TrustSubject): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
}
