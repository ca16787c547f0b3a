/** The exit codes of the command line, design.md section 4. Hooks always exit 0. */
export const ExitCode = {
  Ok: 0,
  Failed: 1,
  Usage: 2,
  Authentication: 4,
  Pending: 8,
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
