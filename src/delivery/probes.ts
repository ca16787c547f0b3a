import type { PushEvent } from '../event/push-event.ts';

/**
 * What was refused is tried again one at a time: of all that is held for one cause, one is sent to see whether it is
 * taken now, and only then the others.
 */
export class Probes {
  /** The first of each cause that was let through. */
  readonly #sent = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** Whether an event that was refused may be sent once more; the first that asks for its cause may. */
  mayPass(event: Pick<PushEvent, 'id' | 'hold' | 'job' | 'endpoint'>): boolean {
    const cause = causeOf(event);
    if (this.#taken.has(cause)) return true;
    if (this.#sent.has(cause)) return false;
    this.#sent.set(cause, event.id);
    return true;
  }

  /** An event was taken by the service. @returns whether others of its cause may pass now */
  passed({ id }: Pick<PushEvent, 'id'>): boolean {
    const found = [...this.#sent].find(([, probe]) => probe === id);
    if (!found) return false;
    this.#sent.delete(found[0]);
    this.#taken.add(found[0]);
    return true;
  }

  /** Everything is open again. */
  reset(): void {
    this.#sent.clear();
    this.#taken.clear();
  }
}

/** A right is one for a job, credentials are for a host. */
function causeOf({ hold, job, endpoint }: Pick<PushEvent, 'hold' | 'job' | 'endpoint'>): string {
  return JSON.stringify([hold, endpoint, hold === 'permission' ? job?.id : null]);
}
