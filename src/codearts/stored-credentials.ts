import { join } from 'node:path';
import { userFolders } from '../config/user-folders.ts';
import { isRecord, stringAt } from '../core/record.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { removeFile } from '../platform/files.ts';
import {
  approveCredential,
  fillCredential,
  keychainHelper,
  rejectCredential,
} from '../platform/git-credential.ts';
import { readSecretFile, writeSecretFile } from '../platform/secret-file.ts';
import { type CredentialSet, type Lookup, fieldsOf, parseCredentials } from './credential-set.ts';

/** Where credentials belong: they are never sent to another host. */
export interface Binding {
  /** `host` or `host:port` of CodeArts Build. */
  readonly host: string;
  /** The same of IAM, where a password goes; null: none was known. */
  readonly iamHost: string | null;
}

/** Where `login` has put them, in words; `problem`: why it could not. */
export type Stored =
  | { readonly kind: 'stored'; readonly where: string; readonly isEncrypted: boolean }
  | { readonly kind: 'problem'; readonly reason: string };

/** One host of the file: the values, or who keeps them. */
interface Entry {
  readonly iamHost: string | null;
  /** The helper of git's that keeps them; null: `fields` has them. */
  readonly helper: string | null;
  readonly fields: unknown;
}

/** The name that a helper of git's knows them by; what is secret of them is all in the password. */
const USERNAME = 'codearts-hooks';

/** What `login` has stored for a host. */
export async function storedCredentials({ host, iamHost }: Binding, env: Env): Promise<Lookup> {
  const file = await readEntries(env);
  if (file.kind === 'broken') return file;
  const entry = file.entries.get(host);
  if (!entry) return { kind: 'none' };
  const source = entry.helper === null ? file.path : `git credential (${entry.helper})`;
  const text = entry.helper === null ? JSON.stringify(entry.fields) : await keptByGit(host, env);
  if (text === null) return { kind: 'broken', reason: t`${source} has nothing for ${host} any more` };
  const lookup = parseCredentials(source, text);
  if (lookup.kind !== 'found' || lookup.set.user === null || entry.iamHost === iamHost) return lookup;
  // The password was given for another IAM than the one that is asked now.
  return { kind: 'found', set: { ...lookup.set, user: null } };
}

/** Stores a set for a host: in the key store that git uses, if there is one, else in our own file. */
export async function storeCredentials(
  { host, iamHost }: Binding,
  set: CredentialSet,
  env: Env,
): Promise<Stored> {
  const problem = (reason: string): Stored => ({ kind: 'problem', reason });
  const file = await readEntries(env);
  if (file.kind === 'broken') return problem(file.reason);
  if (file.path === '')
    return problem(t`neither HOME nor XDG_CONFIG_HOME is set: there is no place to store them`);
  const fields = fieldsOf(set);
  const helper = await keptInKeychain(host, JSON.stringify(fields), env);
  const entry: Entry = helper === null ? { iamHost, helper, fields } : { iamHost, helper, fields: null };
  const reason = await writeEntries(file.path, new Map([...file.entries, [host, entry]]));
  if (reason !== null) return problem(reason);
  if (helper === null) return { kind: 'stored', where: file.path, isEncrypted: false };
  return { kind: 'stored', where: `git credential (${helper})`, isEncrypted: true };
}

/** Forgets what is stored for a host, or for all; gives the hosts. @throws never: what is broken is not there */
export async function forgetCredentials(host: string | null, env: Env): Promise<readonly string[]> {
  const file = await readEntries(env);
  if (file.kind === 'broken') return [];
  const hosts = [...file.entries.keys()].filter((each) => host === null || each === host);
  for (const each of hosts) {
    if (file.entries.get(each)?.helper !== null) await rejectCredential(each, env);
  }
  const left = new Map([...file.entries].filter(([each]) => !hosts.includes(each)));
  if (hosts.length > 0) await (left.size === 0 ? removeFile(file.path) : writeEntries(file.path, left));
  return hosts;
}

/** The helper that keeps it now; null: there is none, or it does not give back what it was given. */
async function keptInKeychain(host: string, password: string, env: Env): Promise<string | null> {
  const helper = await keychainHelper(env);
  if (helper === null) return null;
  await approveCredential({ host, username: USERNAME, password }, env);
  return (await keptByGit(host, env)) === password ? helper : null;
}

async function keptByGit(host: string, env: Env): Promise<string | null> {
  return (await fillCredential(host, env))?.password ?? null;
}

type Entries =
  | { readonly kind: 'entries'; readonly path: string; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'broken'; readonly reason: string };

async function readEntries(env: Env): Promise<Entries> {
  const folder = userFolders(env)?.config;
  if (!folder) return { kind: 'entries', path: '', entries: new Map() };
  const path = join(folder, 'credentials.json');
  const file = await readSecretFile(path);
  if (file.kind === 'unsafe') return { kind: 'broken', reason: file.reason };
  if (file.kind === 'none') return { kind: 'entries', path, entries: new Map() };
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'broken', reason: t`${path} is not valid JSON` };
    throw error;
  }
  const hosts = isRecord(value) && isRecord(value['hosts']) ? Object.entries(value['hosts']) : [];
  const entries = hosts.map(([host, entry]): [string, Entry] => [
    host,
    {
      iamHost: stringAt(entry, 'iam'),
      helper: stringAt(entry, 'helper'),
      fields: isRecord(entry) ? entry['credentials'] : null,
    },
  ]);
  return { kind: 'entries', path, entries: new Map(entries) };
}

async function writeEntries(path: string, entries: ReadonlyMap<string, Entry>): Promise<string | null> {
  const hosts = Object.fromEntries(
    [...entries].map(([host, { iamHost, helper, fields }]) => [
      host,
      { iam: iamHost, ...(helper === null ? { credentials: fields } : { helper }) },
    ]),
  );
  return await writeSecretFile(path, `${JSON.stringify({ v: 1, hosts }, null, 2)}\n`);
}
