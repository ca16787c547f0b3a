/** Time. Tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** Where text goes: standard output for data, standard error for talk. */
export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal in columns, as it is now; 80 where there is none. */
  readonly columns: number;
  /** Height of the terminal in lines, as it is now; 24 where there is none. */
  readonly rows: number;
  /** Whether its reader has gone away, as a write has shown. */
  readonly isClosed: boolean;
  write(text: string): void;
  /** Resolves when all is written, or its reader has gone away. @throws {UserError} `output-failed`: a full disk, say */
  finish(): Promise<void>;
}

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * What the program takes from and gives to the outside world, but for files, git and the service: those are
 * the real ones in tests too. Only `platform/node.ts` makes one from the process.
 */
export interface Effects {
  readonly env: Env;
  readonly cwd: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether somebody can be asked: a terminal on both ends. */
  readonly isInteractive: boolean;
}
