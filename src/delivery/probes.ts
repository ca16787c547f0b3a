import type { Hold, PushEvent } from '../event/push-event.ts';

interface Probe {
  readonly id: string;
  readonly hold: Hold | null;
}

/**
 * What was refused is tried again one at a time: of all that is held for one cause, one is sent to see whether it is
 * taken now, and only then the others.
 */
export class Probes {
  /** By cause the one that was let through. */
  readonly #sent = new Map<string, Probe>();
  readonly #taken = new Set<string>();

  /** Whether an event that was refused may be sent once more; the first that asks for its cause may. */
  mayPass(event: Pick<PushEvent, 'id' | 'hold' | 'job' | 'endpoint'>): boolean {
    const cause = causeOf(event);
    if (this.#taken.has(cause)) return true;
    if (this.#sent.has(cause)) return false;
    this.#sent.set(cause, { id: event.id, hold: event.hold });
    return true;
  }

  /**
   * What has become of an event.
   *
   * @param event as it is now; null: it is nothing of ours any more
   * @returns whether others of its cause may pass now: all, or the next one in place of one that is gone
   */
  settle(id: string, event: Pick<PushEvent, 'state' | 'hold'> | null): boolean {
    const found = [...this.#sent].find(([, probe]) => probe.id === id);
    if (!found) return false;
    const [cause, { hold }] = found;
    const isGone = event === null || event.state === 'skipped' || event.state === 'superseded';
    // The service has taken who we are, whatever else it has against this one.
    const isTaken = event !== null && (hasAnswer(event) || (event.state === 'held' && event.hold !== hold));
    if (!isGone && !isTaken) return false;
    this.#sent.delete(cause);
    if (isTaken) this.#taken.add(cause);
    return true;
  }

  /** Everything is open again. */
  reset(): void {
    this.#sent.clear();
    this.#taken.clear();
  }
}

function hasAnswer({ state }: Pick<PushEvent, 'state'>): boolean {
  return state === 'delivered' || state === 'failed';
}

/** A right is one for a job, credentials are for a host. */
function causeOf({ hold, job, endpoint }: Pick<PushEvent, 'hold' | 'job' | 'endpoint'>): string {
  return JSON.stringify([hold, endpoint, hold === 'permission' ? job?.id : null]);
}
