import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isRecord, stringAt } from '../core/record.ts';
import type { Env } from '../platform/effects.ts';
import { listNames, makeFolder, orNull, readText, removeFile, stat, writeAtomic } from '../platform/files.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { isBuildHost, isIamHost } from './regions.ts';
import type { Config } from './schema.ts';
import { isTrustedProject } from './trusted-projects.ts';
import { userFolders } from './user-folders.ts';

/** What an approval is of: the keys of a committed config that say where requests go, for one repository. */
export interface TrustSubject {
  /** The repository: the URL of its `origin` without credentials, or its path where there is none. */
  readonly origin: string;
  readonly region: string | null;
  readonly endpoint: string | null;
  /** Where passwords go; absent when the config does not say. */
  readonly iamEndpoint?: string;
  readonly jobs: readonly TrustedJob[];
}

/** A job that may be started; with what, where the config gives it parameters: as JSON, its keys sorted. */
export interface TrustedJob {
  readonly name: string;
  readonly id: string;
  readonly parameters?: string;
}

const DIGEST = /^[0-9a-f]{64}$/;

/** The subject of a config: whoever changes one of these must be approved again (delivery.md 4.2). */
export function trustSubject(config: Config, origin: string): TrustSubject {
  const jobs = config.jobs.map(trustedJob).sort((a, b) => (a.name < b.name ? -1 : 1));
  const iamEndpoint = config['iam-endpoint'];
  return {
    origin,
    region: config.region ?? null,
    endpoint: config.endpoint ?? null,
    ...(iamEndpoint === undefined ? {} : { iamEndpoint }),
    jobs,
  };
}

function trustedJob({ name, id, parameters = {} }: Config['jobs'][number]): TrustedJob {
  const entries = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name,
    id,
    ...(entries.length > 0 ? { parameters: JSON.stringify(Object.fromEntries(entries)) } : {}),
  };
}

/**
 * Whether the user has approved exactly this: by `trust` on this machine, for this run (`CODEARTS_HOOKS_TRUST=1`),
 * or by `trusted-projects`. The last two are no approval of a host that is neither Huawei Cloud's nor in
 * `allowed-endpoints`.
 */
export async function isTrusted(subject: TrustSubject, env: Env): Promise<boolean> {
  const folder = trustFolder(env);
  if (folder !== null && (await readText(join(folder, digest(subject)))) !== null) return true;
  const preferences = await readPreferences(env);
  if (foreignHosts(subject, env, preferences).length > 0) return false;
  return (
    env['CODEARTS_HOOKS_TRUST'] === '1' || isTrustedProject(subject.origin, preferences['trusted-projects'])
  );
}

/**
 * The hosts of a subject that are neither Huawei Cloud's nor allowed by the user, as they are resolved: an umlaut
 * in a name cannot hide. What the environment names instead of the config is not the config's.
 */
export function foreignHosts(
  { endpoint, iamEndpoint }: TrustSubject,
  env: Env,
  preferences: Pick<Preferences, 'allowed-endpoints'>,
): string[] {
  const isOverridden = Boolean(env['CODEARTS_HOOKS_ENDPOINT'] || env['CODEARTS_HOOKS_REGION']);
  const found: string[] = [];
  const look = (text: string | null | undefined, isKnown: (host: string) => boolean): void => {
    if (!text) return;
    const host = hostIn(text);
    if (isKnown(host) || preferences['allowed-endpoints'].some((one) => one.toLowerCase() === host)) return;
    found.push(host);
  };
  if (!isOverridden) look(endpoint, isBuildHost);
  if (!env['CODEARTS_HOOKS_IAM_ENDPOINT']) look(iamEndpoint, isIamHost);
  return found;
}

/** The host in an endpoint as a config may write it, in the letters that are resolved. */
export function hostIn(text: string): string {
  try {
    return new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`).host;
  } catch (error) {
    if (error instanceof TypeError) return text; // no URL: it is no host of anybody's either
    throw error;
  }
}

/** Keeps the approval. False: the environment names no folder to keep it in. */
export async function approve(subject: TrustSubject, env: Env): Promise<boolean> {
  const folder = trustFolder(env);
  if (folder === null) return false;
  await makeFolder(folder);
  await writeAtomic(join(folder, digest(subject)), `${JSON.stringify(subject, null, 2)}\n`);
  return true;
}

/** What was approved last of the repository `origin`, to compare with; null: nothing is. */
export async function lastApproved(origin: string, env: Env): Promise<TrustSubject | null> {
  const folder = trustFolder(env);
  if (folder === null) return null;
  let latest: { readonly at: number; readonly subject: TrustSubject } | null = null;
  for (const name of (await listNames(folder)).filter((each) => DIGEST.test(each))) {
    const path = join(folder, name);
    const [text, info] = [await readText(path), await orNull(stat(path))];
    const subject = text === null ? null : parseSubject(text);
    if (!subject || !info || subject.origin !== origin || info.mtimeMs < (latest?.at ?? 0)) continue;
    latest = { at: info.mtimeMs, subject };
  }
  return latest?.subject ?? null;
}

/** Takes back every approval of the repository `origin`; tells how many there were. */
export async function revoke(origin: string, env: Env): Promise<number> {
  const folder = trustFolder(env);
  if (folder === null) return 0;
  let count = 0;
  for (const name of (await listNames(folder)).filter((each) => DIGEST.test(each))) {
    const text = await readText(join(folder, name));
    if (text !== null && parseSubject(text)?.origin === origin && (await removeFile(join(folder, name))))
      count += 1;
  }
  return count;
}

/** An approval as it was written; null when it is none. */
function parseSubject(text: string): TrustSubject | null {
  try {
    const value: unknown = JSON.parse(text);
    const origin = stringAt(value, 'origin');
    if (!isRecord(value) || origin === null) return null;
    const iamEndpoint = stringAt(value, 'iamEndpoint');
    const jobs = (Array.isArray(value['jobs']) ? value['jobs'] : []) as unknown[];
    return {
      origin,
      region: stringAt(value, 'region'),
      endpoint: stringAt(value, 'endpoint'),
      ...(iamEndpoint === null ? {} : { iamEndpoint }),
      jobs: jobs.map(parseJob),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function parseJob(job: unknown): TrustedJob {
  const parameters = stringAt(job, 'parameters');
  return {
    name: stringAt(job, 'name') ?? '',
    id: stringAt(job, 'id') ?? '',
    ...(parameters === null ? {} : { parameters }),
  };
}

function trustFolder(env: Env): string | null {
  const folders = userFolders(env);
  return folders && join(folders.state, 'trust');
}

function digest(subject: TrustSubject): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
}
