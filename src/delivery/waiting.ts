import { listSlips, readSlip } from '../spool/shelves.ts';
import type { PushEvent } from '../event/push-event.ts';
import type { Spool } from '../spool/spool.ts';
import { type Entry, entryOf } from './entry.ts';
import { firstInLine, isInLine } from './lanes.ts';

/** What is in the queue, as far as it was read: entries by name, and by lane those that are in line. */
export class Waiting {
  readonly #spool: Spool;
  readonly #entries = new Map<string, Entry>();
  readonly #lanes = new Map<string, Map<string, Entry>>();
  readonly #heads = new Map<string, Entry>();
  /** Lanes whose first is to be found again, when somebody asks. */
  readonly #changed = new Set<string>();
  /** Every file that was read, also one that could not be. */
  readonly #seen = new Set<string>();

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The first of each lane. */
  heads(): Iterable<Entry> {
    for (const lane of this.#changed) this.#chooseHead(lane);
    this.#changed.clear();
    return this.#heads.values();
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Whether the file of that name has been read, whatever has become of it. */
  hasSeen(name: string): boolean {
    return this.#seen.has(name);
  }

  /** An event as it is now; a final one is taken out by `remove`. */
  put(event: PushEvent): void {
    const entry = entryOf(event);
    this.remove(entry.name);
    this.#entries.set(entry.name, entry);
    this.#seen.add(entry.name);
    if (!isInLine(entry)) return;
    const lane = this.#lanes.get(entry.lane) ?? new Map<string, Entry>();
    this.#lanes.set(entry.lane, lane.set(entry.name, entry));
    this.#changed.add(entry.lane);
  }

  remove(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry) return;
    this.#entries.delete(name);
    if (this.#lanes.get(entry.lane)?.delete(name)) this.#changed.add(entry.lane);
  }

  /**
   * Reads what has come in, and forgets what is gone.
   *
   * @param isChanged others may have changed what is held or open
   */
  async refresh(isChanged: boolean): Promise<void> {
    const slips = await listSlips(this.#spool, ['q']);
    const names = new Set(slips.map(({ name }) => name));
    for (const name of this.#entries.keys()) if (!names.has(name)) this.remove(name);
    for (const slip of slips) {
      const known = this.#entries.get(slip.name);
      const isStale = known !== undefined && isChanged && known.state !== 'queued';
      const isUnreadable = !known && this.#seen.has(slip.name) && !isChanged;
      if ((known && !isStale) || isUnreadable) continue;
      this.#seen.add(slip.name);
      const event = await readSlip(this.#spool, slip);
      if (event) this.put(event);
    }
  }

  #chooseHead(lane: string): void {
    const first = firstInLine([...(this.#lanes.get(lane)?.values() ?? [])]);
    if (first) this.#heads.set(lane, first);
    else {
      this.#heads.delete(lane);
      this.#lanes.delete(lane);
    }
  }
}
