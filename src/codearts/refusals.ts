import { createHmac, randomBytes, scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { userFolders } from '../config/user-folders.ts';
import { isRecord, stringAt } from '../core/record.ts';
import type { Effects } from '../platform/effects.ts';
import { withUserLock } from '../platform/lock.ts';
import { readSecretFile, writeSecretFile } from '../platform/secret-file.ts';

/** How often one secret was refused by one host, and what was said the last time. */
export interface Refusal {
  readonly count: number;
  readonly reason: string;
}

/** A secret and a host, as they are kept: of the secret there is but a hash. */
interface Mark {
  readonly host: string;
  readonly mark: string;
}

type Kept = Mark & Refusal;

/**
 * More than five wrong signatures in a row lock a key for everybody, and wrong passwords lock a user
 * (codearts-api.md section 3): after two refusals a secret is not sent again, by no process.
 */
export const REFUSALS_AT_MOST = 2;

/** How many are kept; the oldest goes. */
const KEPT_AT_MOST = 20;
/** Longer than writing a file takes. */
const PATIENCE_MS = 5000;

/** What is in the file. */
interface Known {
  readonly salt: string;
  readonly kept: readonly Kept[];
  /** Keys that a host has taken, the newest last. */
  readonly taken: readonly Mark[];
}

/** What is known of the refusals of secrets; on disk where there is a place, so that all processes know. */
export class Refusals {
  readonly #effects: Pick<Effects, 'env' | 'clock'>;
  #memory: Known | null = null;

  constructor(effects: Pick<Effects, 'env' | 'clock'>) {
    this.#effects = effects;
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
    await this.#change((known) => {
      const mark = markOf(known.salt, secret);
      const before = known.kept.find((each) => each.host === host && each.mark === mark);
      const others = known.kept.filter((each) => each !== before).slice(1 - KEPT_AT_MOST);
      const kept = [...others, { host, mark, count: (before?.count ?? 0) + 1, reason }];
      return { ...known, kept, taken: without(known.taken, takenMark(known, host, secret)) };
    });
  }

  /** A host has taken a secret: what was before is over. */
  async forgive(host: string, secret: string): Promise<void> {
    const { kept } = await this.#read();
    if (!kept.some((each) => each.host === host)) return;
    await this.#change((known) => {
      const mark = markOf(known.salt, secret);
      const others = known.kept.filter((each) => each.host !== host || each.mark !== mark);
      return others.length < known.kept.length ? { ...known, kept: others } : known;
    });
  }

  /** Whether a host has taken this key before; not for passwords, whose hash has to take long. */
  async hasTaken(host: string, key: string): Promise<boolean> {
    const known = await this.#read();
    const { mark } = takenMark(known, host, key);
    return known.taken.some((each) => each.mark === mark);
  }

  /** A host has taken a key. */
  async take(host: string, key: string): Promise<void> {
    if (await this.hasTaken(host, key)) return;
    await this.#change((known) => {
      const mark = takenMark(known, host, key);
      return { ...known, taken: [...without(known.taken, mark), mark].slice(-KEPT_AT_MOST) };
    });
  }

  /** The user has given new secrets for a host; null: for all. */
  async forget(host: string | null): Promise<void> {
    await this.#change((known) => {
      const isOther = (each: Mark): boolean => host !== null && each.host !== host;
      if (known.kept.every(isOther) && known.taken.every(isOther)) return known;
      return { ...known, kept: known.kept.filter(isOther), taken: known.taken.filter(isOther) };
    });
  }

  get #path(): string | null {
    const folder = userFolders(this.#effects.env)?.cache;
    return folder ? join(folder, 'refusals.json') : null;
  }

  async #read(): Promise<Known> {
    const file = this.#path === null ? ({ kind: 'none' } as const) : await readSecretFile(this.#path);
    const found = file.kind === 'text' ? parse(file.text) : null;
    return found ?? this.#memory ?? { salt: randomBytes(16).toString('hex'), kept: [], taken: [] };
  }

  /** One process at a time; where it cannot be written this process knows, at least. */
  async #change(change: (known: Known) => Known): Promise<void> {
    const path = this.#path;
    const write = async (): Promise<void> => {
      const before = await this.#read();
      const after = change(before);
      if (after === before) return;
      this.#memory = after;
      if (path !== null) await writeSecretFile(path, `${JSON.stringify({ v: 1, ...after })}\n`);
    };
    const { clock } = this.#effects;
    await (path === null ? write() : withUserLock(`${path}.lock`, { clock, patienceMs: PATIENCE_MS }, write));
  }
}

function without(taken: readonly Mark[], { mark }: Mark): Mark[] {
  return taken.filter((each) => each.mark !== mark);
}

/** A key is random and long: no guessing finds it, however fast the hash. */
function takenMark({ salt }: Known, host: string, key: string): Mark {
  return { host, mark: createHmac('sha256', salt).update(`${host}\0${key}`).digest('hex').slice(0, 32) };
}

/** Of a secret that may be a password: a hash that takes long to guess. */
function markOf(salt: string, secret: string): string {
  return scryptSync(secret, salt, 16).toString('hex');
}

function parse(text: string): Known | null {
  try {
    const value: unknown = JSON.parse(text);
    const salt = stringAt(value, 'salt');
    if (!isRecord(value) || salt === null || !Array.isArray(value['kept'])) return null;
    const taken = Array.isArray(value['taken']) ? (value['taken'] as unknown[]) : [];
    return {
      salt,
      kept: (value['kept'] as unknown[]).flatMap((each) => keptOf(each) ?? []),
      taken: taken.flatMap((each) => markIn(each) ?? []),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function markIn(value: unknown): Mark | null {
  const [host, mark] = [stringAt(value, 'host'), stringAt(value, 'mark')];
  return host === null || mark === null ? null : { host, mark };
}

function keptOf(value: unknown): Kept | null {
  const [found, reason] = [markIn(value), stringAt(value, 'reason')];
  const count = isRecord(value) ? value['count'] : null;
  if (found === null || reason === null || typeof count !== 'number') return null;
  return { ...found, count, reason };
}
