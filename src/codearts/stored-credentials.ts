import { join } from 'node:path';
import { type UserFolders, userFolders } from '../config/user-folders.ts';
import { isRecord, stringAt } from '../core/record.ts';
import { t } from '../core/translate.ts';
import type { Clock, Effects, Env } from '../platform/effects.ts';
import { isSystemError, removeFile } from '../platform/files.ts';
import {
  approveCredential,
  fillCredential,
  keychainHelper,
  rejectCredential,
} from '../platform/git-credential.ts';
import { withUserLock } from '../platform/lock.ts';
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

/** Longer than reading and writing a file takes. */
const PATIENCE_MS = 10_000;
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
  { env, clock }: Pick<Effects, 'env' | 'clock'>,
): Promise<Stored> {
  const problem = (reason: string): Stored => ({ kind: 'problem', reason });
  const folders = userFolders(env);
  if (folders === null)
    return problem(t`neither HOME nor XDG_CONFIG_HOME is set: there is no place to store them`);
  const early = await readEntries(env, true);
  if (early.kind === 'broken') return problem(early.reason);
  const fields = fieldsOf(set);
  // Not while others wait: a key store may ask its user something.
  const helper = await keptInKeychain(host, JSON.stringify(fields), env);
  const entry: Entry = helper === null ? { iamHost, helper, fields } : { iamHost, helper, fields: null };
  return await inTurn({ folders, clock }, async () => {
    const file = await readEntries(env, true);
    if (file.kind === 'broken') return problem(file.reason);
    const reason = await writeEntries(file.path, new Map([...file.entries, [host, entry]]));
    if (reason !== null) return problem(reason);
    if (helper === null) return { kind: 'stored', where: file.path, isEncrypted: false };
    return { kind: 'stored', where: `git credential (${helper})`, isEncrypted: true };
  });
}

/** What `logout` has forgotten: the hosts; or why it could not. */
export type Forgotten =
  | { readonly kind: 'forgotten'; readonly hosts: readonly string[] }
  | { readonly kind: 'problem'; readonly reason: string };

/** Forgets what is stored for a host; null: for all. */
export async function forgetCredentials(
  host: string | null,
  { env, clock }: Pick<Effects, 'env' | 'clock'>,
): Promise<Forgotten> {
  const folders = userFolders(env);
  if (folders === null) return { kind: 'forgotten', hosts: [] };
  const isMeant = ([each]: readonly [string, Entry]): boolean => host === null || each === host;
  const early = await readEntries(env, true);
  // First: the file says where they are, should we be killed. Of all: a key store may have them from an earlier login.
  for (const [each] of early.kind === 'broken' ? [] : [...early.entries].filter(isMeant)) {
    await rejectCredential(each, env);
  }
  return await inTurn({ folders, clock }, async () => {
    const file = await readEntries(env, true);
    if (file.kind === 'broken') return { kind: 'problem', reason: file.reason };
    const gone = [...file.entries].filter(isMeant);
    if (gone.length > 0) {
      const left = new Map([...file.entries].filter((each) => !isMeant(each)));
      const reason = left.size === 0 ? await removed(file.path) : await writeEntries(file.path, left);
      if (reason !== null) return { kind: 'problem', reason };
    }
    return { kind: 'forgotten', hosts: gone.map(([each]) => each) };
  });
}

async function removed(path: string): Promise<string | null> {
  try {
    await removeFile(path);
    return null;
  } catch (error) {
    if (isSystemError(error)) return t`${path} cannot be removed (${String(error.code)})`;
    throw error;
  }
}

/** Two logins at once, for two hosts, are both kept. */
async function inTurn<T>(
  { folders, clock }: { readonly folders: UserFolders; readonly clock: Clock },
  work: () => Promise<T>,
): Promise<T> {
  const folder = join(folders.state, 'locks', 'credentials');
  return await withUserLock(folder, { clock, patienceMs: PATIENCE_MS }, work);
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

/** @param isForWriting takes what others can read as well: it is about to be written anew, or removed */
async function readEntries(env: Env, isForWriting = false): Promise<Entries> {
  const folder = userFolders(env)?.config;
  if (!folder) return { kind: 'entries', path: '', entries: new Map() };
  const path = join(folder, 'credentials.json');
  const file = await readSecretFile(path);
  if (file.kind === 'none') return { kind: 'entries', path, entries: new Map() };
  const { text } = file;
  if (file.kind === 'unsafe' && (text === null || !isForWriting))
    return { kind: 'broken', reason: file.reason };
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
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
