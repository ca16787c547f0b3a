/** A build that was started. Both numbers are strings, as the service sends them. */
export interface Build {
  /** What the service calls `octopus_job_name`: the job's id. */
  readonly jobName: string;
  /** Counts the builds of the job, from 1. */
  readonly number: string;
  /** `YYYYMMDD.n`: counts the builds of the job on that day, from 1. */
  readonly dailyNumber: string;
}

/** Starts builds, of which nothing but the numbers exists. */
export interface BuildCounter {
  /** Numbers the next build of a job. Days are UTC days: which zone the service uses is not documented. */
  start(jobId: string, at: Date): Build;
  /** Every job begins again with build 1. */
  forget(): void;
}

/** A counter that has seen no build. */
export function createBuildCounter(): BuildCounter {
  const counts = new Map<string, number>();
  const next = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return {
    start(jobId, at) {
      const day = at.toISOString().slice(0, 10).replaceAll('-', '');
      return { jobName: jobId, number: `${next(jobId)}`, dailyNumber: `${day}.${next(`${jobId} ${day}`)}` };
    },
    forget: () => counts.clear(),
  };
}
