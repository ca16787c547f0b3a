import type { PushEvent } from '../event/push-event.ts';
import { eachEvent } from '../spool/shelves.ts';
import type { Spool } from '../spool/spool.ts';

/** Which builds are known to be an event's own: a lost answer must not be mended with the build of another push. */
export class TakenBuilds {
  readonly #spool: Spool;
  #owners: Map<string, string> | null = null;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** Remembers the build of an event. */
  add({ id, job, build }: PushEvent): void {
    if (job && build) this.#owners?.set(key(job.id, build.number), id);
  }

  /** Tells of a job's builds whether they belong to another event than `eventId`. Read when first asked. */
  async ofJob(jobId: string, eventId: string): Promise<(number: string) => boolean> {
    const owners = this.#owners ?? (await this.#read());
    return (number) => (owners.get(key(jobId, number)) ?? eventId) !== eventId;
  }

  async #read(): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    this.#owners = owners;
    for await (const event of eachEvent(this.#spool, ['done'])) this.add(event);
    return owners;
  }
}

function key(jobId: string, number: string): string {
  return `${jobId} ${number}`;
}
