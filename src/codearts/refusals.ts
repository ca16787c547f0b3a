import { randomBytes, scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { userFolders } from '../config/user-folders.ts';
import { isRecord, stringAt } from '../core/record.ts';
import type { Env } from '../platform/effects.ts';
import { readSecretFile, writeSecretFile } from '../platform/secret-file.ts';

/** How often one secret was refused by one host, and what was said the last time. */
export interface Refusal {
  readonly count: number;
  readonly reason: string;
}

/** As it is kept: of the secret there is but a hash that takes long to guess. */
interface Kept extends Refusal {
  readonly host: string;
  readonly mark: string;
}

/**
 * More than five wrong signatures in a row lock a key for everybody, and wrong passwords lock a user
 * (codearts-api.md section 3): after two refusals a secret is not sent again, by no process.
 */
export const REFUSALS_AT_MOST = 2;

/** How many are kept; the oldest goes. */
const KEPT_AT_MOST = 20;

/** What is known of the refusals of secrets; on disk where there is a place, so that all processes know. */
export class Refusals {
  readonly #env: Env;
  #memory: { readonly salt: string; readonly kept: readonly Kept[] } | null = null;

  constructor(env: Env) {
    this.#env = env;
  }

  /** What is known of a secret at a host. */
  async of(host: string, secret: string): Promise<Refusal> {
    const { salt, kept } = await this.#read();
    const none = { count: 0, reason: '' };
    // The hash takes its time: only where there is something to compare it with.
    if (!kept.some((each) => each.host === host)) return none;
    const mark = markOf(salt, secret);
    return kept.find((each) => each.host === host && each.mark === mark) ?? none;
  }

  /** A host has refused a secret. */
  async add(host: string, secret: string, reason: string): Promise<void> {
    const { salt, kept } = await this.#read();
    const mark = markOf(salt, secret);
    const before = kept.find((each) => each.host === host && each.mark === mark);
    const others = kept.filter((each) => each !== before).slice(1 - KEPT_AT_MOST);
    await this.#write(salt, [...others, { host, mark, count: (before?.count ?? 0) + 1, reason }]);
  }

  /** A host has taken a secret: what was before is over. */
  async forgive(host: string, secret: string): Promise<void> {
    const { salt, kept } = await this.#read();
    if (!kept.some((each) => each.host === host)) return;
    const mark = markOf(salt, secret);
    const others = kept.filter((each) => each.host !== host || each.mark !== mark);
    if (others.length < kept.length) await this.#write(salt, others);
  }

  /** The user has given new secrets for a host; null: for all. */
  async forget(host: string | null): Promise<void> {
    const { salt, kept } = await this.#read();
    const others = host === null ? [] : kept.filter((each) => each.host !== host);
    if (others.length < kept.length) await this.#write(salt, others);
  }

  get #path(): string | null {
    const folder = userFolders(this.#env)?.cache;
    return folder ? join(folder, 'refusals.json') : null;
  }

  async #read(): Promise<{ readonly salt: string; readonly kept: readonly Kept[] }> {
    const file = this.#path === null ? ({ kind: 'none' } as const) : await readSecretFile(this.#path);
    const found = file.kind === 'text' ? parse(file.text) : null;
    return found ?? this.#memory ?? { salt: randomBytes(16).toString('hex'), kept: [] };
  }

  /** Where it cannot be written this process knows, at least. */
  async #write(salt: string, kept: readonly Kept[]): Promise<void> {
    this.#memory = { salt, kept };
    if (this.#path !== null) await writeSecretFile(this.#path, `${JSON.stringify({ v: 1, salt, kept })}\n`);
  }
}

function markOf(salt: string, secret: string): string {
  return scryptSync(secret, salt, 16).toString('hex');
}

function parse(text: string): { salt: string; kept: Kept[] } | null {
  try {
    const value: unknown = JSON.parse(text);
    const salt = stringAt(value, 'salt');
    if (!isRecord(value) || salt === null || !Array.isArray(value['kept'])) return null;
    return { salt, kept: (value['kept'] as unknown[]).flatMap((each) => keptOf(each) ?? []) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function keptOf(value: unknown): Kept | null {
  const [host, mark, reason] = [stringAt(value, 'host'), stringAt(value, 'mark'), stringAt(value, 'reason')];
  const count = isRecord(value) ? value['count'] : null;
  if (host === null || mark === null || reason === null || typeof count !== 'number') return null;
  return { host, mark, count, reason };
}
