/** Wakes, within this process, what waits for something to do. */
export interface Bell {
  ring(): void;
  /** Forgets rings so far: to be called before looking for what they were rung for. */
  reset(): void;
  /** Resolves at the first ring since the last reset. */
  heard(): Promise<void>;
}

/** Makes a bell. */
export function makeBell(): Bell {
  let wake = (): void => undefined;
  const fresh = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  let next = fresh();
  return {
    ring: () => wake(),
    reset: () => {
      next = fresh();
    },
    heard: () => next,
  };
}
