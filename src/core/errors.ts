import { ExitCode } from './exit-code.ts';

const EXIT_CODES = {
  'not-a-repository': ExitCode.Failed,
  'no-git': ExitCode.Failed,
  'not-installed': ExitCode.Failed,
  'install-refused': ExitCode.Failed,
  'init-refused': ExitCode.Failed,
  'config-missing': ExitCode.Failed,
  'config-invalid': ExitCode.Failed,
  'git-failed': ExitCode.Failed,
  'no-such-event': ExitCode.Failed,
  'queue-version': ExitCode.Failed,
  'no-such-ref': ExitCode.Failed,
  'no-such-job': ExitCode.Failed,
  'no-such-remote': ExitCode.Failed,
  'nothing-matches': ExitCode.Failed,
  'delivery-failed': ExitCode.Failed,
  'sandbox-failed': ExitCode.Failed,
  'build-over': ExitCode.Failed,
  'no-build': ExitCode.Failed,
  'stop-failed': ExitCode.Failed,
  'demo-failed': ExitCode.Failed,
  'output-failed': ExitCode.Failed,
  'pending-events': ExitCode.Failed,
  'logout-failed': ExitCode.Failed,
  untrusted: ExitCode.Authentication,
  'login-failed': ExitCode.Authentication,
  usage: ExitCode.Usage,
  interrupted: ExitCode.Interrupted,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof EXIT_CODES;

/**
 * A failure the user can mend. Anything else that is thrown is a bug in codearts-hooks.
 *
 * `message` says what failed and on what; `hint` what to do next, if possible as a command.
 * Neither may hold a credential. `cause` keeps the original error for `--verbose`.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    return EXIT_CODES[this.code];
  }
}
