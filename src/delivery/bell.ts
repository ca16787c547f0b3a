/** Wakes, within this process, what waits for something to do. */
export interface Bell {
  ring(): void;
  /** Whether it has been rung since this was asked last. */
  wasRung(): boolean;
  /** Has `wake` called at every ring from now on; in place of who was woken before. */
  wakes(wake: () => void): void;
}

/** Makes a bell. */
export function makeBell(): Bell {
  let isRung = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      isRung = true;
      wake();
    },
    wasRung: () => {
      const was = isRung;
      isRung = false;
      return was;
    },
    wakes: (other) => {
      wake = other;
    },
  };
}
