/**
 * A way for the sandbox to misbehave. Each request of the service uses up one fault, in order; a request cut in its
 * middle by the client does so too.
 *
 * Faults come before every check, so most of them play on any request. Those that start a build (`slow` and `none`
 * included) need a request that the service takes: another one gets its ordinary refusal, at once or, if `slow`, late.
 * Durations are in milliseconds. Names and error forms: codearts-api.md, sections 5 and 6.
 */
export type Fault =
  /** Behaves normally: a placeholder in a script. */
  | { readonly kind: 'none' }
  /** Resets the connection after the request's headers, its body unread: no work was done. */
  | { readonly kind: 'refuse' }
  /** Reads the request, builds nothing, resets the connection. */
  | { readonly kind: 'reset-before-reply' }
  /** Starts the build, then closes the connection without a reply. */
  | { readonly kind: 'lost-reply' }
  /** Reads the request and never answers. `ms`: the connection is cut then. `built`: the build has started. */
  | { readonly kind: 'hang'; readonly ms?: number; readonly built?: boolean }
  /** Works at once, answers normally after `ms`. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Answers just this. `body`: a string is sent as text, all else as JSON. `built`: the build has started. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly built?: boolean;
    }
  /** 429 APIGW.0308; the wait is in `Retry-After` if given here, else only in the message. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds?: number }
  /** CB.00060211, which the service sends with either status. */
  | { readonly kind: 'too-frequent'; readonly status: 400 | 500 }
  /** 502 APIGW.0201, the code that a body over the limit has too. */
  | { readonly kind: 'bad-gateway' }
  /** 503 APIGW.0613. */
  | { readonly kind: 'unavailable' }
  /** 504 APIGW.0201, the code that a body over the limit has too. */
  | { readonly kind: 'gateway-timeout' }
  /** 200 with the login page of a proxy. */
  | { readonly kind: 'html' }
  /** 200 with an error in the body; `code` is DEVCB.00031006 (no such task) by default. */
  | { readonly kind: 'error-code-in-200'; readonly code?: string }
  /** 200 with `{"status":"fail","error":…}`, without a code. */
  | { readonly kind: 'status-fail' }
  /** Starts the build, answers with the numbers under `result`. */
  | { readonly kind: 'wrapped' }
  /** Answers with a redirection to `location`. */
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 303 | 307 | 308; readonly location: string }
  /** Starts the build, answers 200, and closes the connection in the middle of the body. */
  | { readonly kind: 'cut-body' }
  /** 401 APIGW.0307. */
  | { readonly kind: 'token-expired' };

/** The fault, or faults, of that kind. */
export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { readonly kind: Kind }>;
