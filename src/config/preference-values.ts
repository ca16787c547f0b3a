import { isRecord } from '../core/record.ts';
import { t } from '../core/translate.ts';

/** The user's own choices, in `config.json` of the user's folder. */
export interface Preferences {
  /**
   * `off`: pushes are confirmed by watching alone. `armed`: by git's transactions as well, by a hook that is there
   * while a push is in flight and until the next command that changes a ref, which starts one process more.
   */
  readonly 'reference-transaction': 'armed' | 'off';
  /** `never`: a remote is never asked; pushes that leave no local trace stay unconfirmed. */
  readonly 'verify-remote': 'auto' | 'never';
  /** How requests prove who we are. `auto`: by a signature, and by a token where signatures are refused. */
  readonly auth: 'auto' | 'ak-sk' | 'token';
  /** A program and its arguments that prints credentials as JSON; null: none. */
  readonly 'credential-command': readonly string[] | null;
  /** A proxy's URL; '' is none at all, null is what the environment and git say. */
  readonly proxy: string | null;
  /** A PEM file with certificates that are trusted besides those of node. */
  readonly 'ca-file': string | null;
  /** Hosts, `host` or `host:port`, whose certificate is not checked. */
  readonly 'insecure-hosts': readonly string[];
  /** Hosts besides those of Huawei Cloud that a committed config may name. */
  readonly 'allowed-endpoints': readonly string[];
  /** Whether `watch` and `push` show a notification on the desktop when a build has ended. */
  readonly notify: 'always' | 'failed' | 'never';
  /** Repositories, `host/path` with `*` and a last `**`, whose config needs no approval. */
  readonly 'trusted-projects': readonly string[];
  /** The language of all messages, `en` or `zh-CN`; null: that of the locale. */
  readonly language: string | null;
}

/** What a file of preferences comes to, and what in it has no effect, a sentence each. */
export interface ParsedPreferences {
  readonly preferences: Preferences;
  readonly problems: readonly string[];
}

export const DEFAULT_PREFERENCES: Preferences = {
  // Not armed: a command of another terminal that has found the hook just before it is taken out fails.
  'reference-transaction': 'off',
  'verify-remote': 'auto',
  auth: 'auto',
  'credential-command': null,
  proxy: null,
  'ca-file': null,
  'insecure-hosts': [],
  'allowed-endpoints': [],
  notify: 'never',
  'trusted-projects': [],
  language: null,
};

type Check = readonly [accepts: (value: unknown) => boolean, expected: () => string];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const oneOf = (...values: readonly string[]): Check => [
  (value) => typeof value === 'string' && values.includes(value),
  () => t`must be ${values.join(t` or `)}`,
];
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const TEXTS: Check = [isTexts, () => t`must be a list of strings`];

const CHECKS: { readonly [Key in keyof Preferences]: Check } = {
  'reference-transaction': oneOf('armed', 'off'),
  'verify-remote': oneOf('auto', 'never'),
  auth: oneOf('auto', 'ak-sk', 'token'),
  'credential-command': [
    (value) => isTexts(value) && (value as unknown[]).length > 0,
    () => t`must be a list: the program, then its arguments`,
  ],
  proxy: [(value) => typeof value === 'string', () => t`must be a URL, or "" for none`],
  'ca-file': [isText, () => t`must be the path of a file`],
  'insecure-hosts': TEXTS,
  'allowed-endpoints': TEXTS,
  notify: oneOf('always', 'failed', 'never'),
  'trusted-projects': TEXTS,
  language: oneOf('en', 'zh-CN'),
};

/** Reads the preferences out of a parsed file. A value that means nothing is left out: the default stands. */
export function parsePreferences(value: unknown): ParsedPreferences {
  if (!isRecord(value)) return { preferences: DEFAULT_PREFERENCES, problems: [t`must be a JSON object`] };
  const taken: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, [accepts, expected]] of Object.entries(CHECKS)) {
    if (!(key in value)) continue;
    if (accepts(value[key])) taken[key] = value[key];
    else problems.push(`"${key}" ${expected()}`);
  }
  return { preferences: { ...DEFAULT_PREFERENCES, ...taken }, problems };
}
