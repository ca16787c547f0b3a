import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { userFolders } from '../config/user-folders.ts';
import { isRecord, stringAt } from '../core/record.ts';
import type { Clock, Env } from '../platform/effects.ts';
import { listNames, removeFile, rm } from '../platform/files.ts';
import { withUserLock } from '../platform/lock.ts';
import { readSecretFile, writeSecretFile } from '../platform/secret-file.ts';
import type { IamUser } from './credential-set.ts';
import type { Token, TokenResult } from './iam.ts';

/** Whose token it is, and for what. */
export interface TokenOwner {
  readonly iamUrl: string;
  readonly region: string;
  readonly user: IamUser;
}

/** What is left of a token's life when a new one is asked for: no request may outlive it. */
const RESERVE_MS = 30 * 60_000;
/** Longer than one call takes. */
const PATIENCE_MS = 30_000;

/**
 * A token of the cache, or a new one. Of many processes at once one asks IAM, and the others take what it got.
 *
 * @param refused a token that the service has refused, which is not taken again; null: none was
 * @param ask asks IAM
 */
export async function cachedToken(
  owner: TokenOwner,
  { env, clock }: { readonly env: Env; readonly clock: Clock },
  { refused, ask }: { readonly refused: string | null; readonly ask: () => Promise<TokenResult> },
): Promise<TokenResult> {
  const folder = userFolders(env)?.cache;
  if (!folder) return await ask();
  const path = join(folder, `token-${nameOf(owner)}.json`);
  const usable = async (isLast: boolean): Promise<TokenResult | null> => {
    const kept = await readToken(path);
    const left = kept === null || kept.token === refused ? 0 : kept.expiresAt - clock.now();
    return kept !== null && left > (isLast ? 0 : RESERVE_MS) ? { kind: 'token', token: kept } : null;
  };
  const early = await usable(false);
  if (early) return early;
  const turn = { clock, patienceMs: PATIENCE_MS };
  // A cache that cannot be locked is one that cannot be written: everyone asks for himself.
  return await withUserLock(join(folder, `token-${nameOf(owner)}.lock`), turn, async (lock) => {
    const found = await usable(false);
    if (found) return found;
    const result = await ask();
    // One that cannot be kept serves this process; after a logout meanwhile none is to be kept.
    if (result.kind === 'token' && (lock === null || (await lock.isHeld())))
      await writeSecretFile(path, JSON.stringify({ v: 1, host: hostOf(owner), ...result.token }));
    // IAM is down, and the old one good for a while.
    return result.kind === 'later' ? ((await usable(true)) ?? result) : result;
  });
}

/** Removes the tokens of one IAM, or all. */
export async function forgetTokens(iamHost: string | null, env: Env): Promise<void> {
  const folder = userFolders(env)?.cache;
  if (!folder) return;
  for (const name of (await listNames(folder)).filter((each) =>
    /^token-[0-9a-f]{16}\.(?:json|lock)$/.test(each),
  )) {
    const path = join(folder, name);
    if (name.endsWith('.lock')) {
      if (iamHost === null) await rm(path, { recursive: true, force: true });
      continue;
    }
    const file = await readSecretFile(path);
    const host = file.kind === 'text' ? stringAt(parsed(file.text), 'host') : null;
    if (iamHost === null || host === null || host === iamHost) await removeFile(path);
  }
}

async function readToken(path: string): Promise<Token | null> {
  const file = await readSecretFile(path);
  const value = file.kind === 'text' ? parsed(file.text) : null;
  const token = stringAt(value, 'token');
  const expiresAt = isRecord(value) ? value['expiresAt'] : null;
  if (token === null || !/^[\x21-\x7e]+$/.test(token) || typeof expiresAt !== 'number') return null;
  return { token, expiresAt };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function hostOf({ iamUrl }: TokenOwner): string {
  return new URL(iamUrl).host;
}

function nameOf({ iamUrl, region, user }: TokenOwner): string {
  return createHash('sha256')
    .update(JSON.stringify([iamUrl, region, user.domain, user.name]))
    .digest('hex')
    .slice(0, 16);
}
