import { type CredentialSet, type Lookup, credentialSet } from '../codearts/credential-set.ts';
import { readCredentials } from '../codearts/read-credentials.ts';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import { readStdin } from '../platform/node.ts';
import type { CommandContext } from './define.ts';
import { openPrompts } from './prompts.ts';

const STDIN_LIMIT = 256 * 1024;

/**
 * Has the user give credentials: on standard input, or asked for on a terminal, where nothing of them is shown.
 *
 * @returns null when he changed his mind
 * @throws {UserError} `usage`, `login-failed`
 */
export async function askCredentials(
  isStdin: boolean,
  context: CommandContext,
): Promise<CredentialSet | null> {
  if (isStdin) return wanted(readCredentials(t`standard input`, await readAll()));
  if (!context.effects.isInteractive) {
    throw new UserError('usage', t`there is no terminal to ask on`, {
      // Not with `printf`: what follows `ak=` is taken for a secret in errors, and not shown.
      hint: 'codearts-hooks login --stdin < file',
    });
  }
  const fields = await askFields(context);
  return fields && wanted(credentialSet(t`the terminal`, fields));
}

async function readAll(): Promise<string> {
  try {
    return await readStdin(STDIN_LIMIT);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('usage', t`standard input is too long for credentials`, {
      hint: 'codearts-hooks login --stdin < file',
      cause: error,
    });
  }
}

function wanted(lookup: Lookup): CredentialSet {
  if (lookup.kind === 'found') return lookup.set;
  const reason = lookup.kind === 'none' ? t`no credentials were given` : lookup.reason;
  throw new UserError('login-failed', reason, {
    hint: t`give ak and sk, or user, password and domain, or a token`,
  });
}

const KINDS = {
  key: [
    ['ak', () => t`Access key id (AK)`],
    ['sk', () => t`Secret access key (SK)`],
  ],
  user: [
    ['domain', () => t`Account name`],
    ['user', () => t`IAM user name`],
    ['password', () => t`Password`],
  ],
  token: [['token', () => t`Token (X-Auth-Token)`]],
} as const;

async function askFields(context: CommandContext): Promise<Record<string, string> | null> {
  const { password, select, text } = await openPrompts(context);
  const kind = await select(t`How do you prove who you are?`, [
    { value: 'key', label: t`Access key`, hint: t`AK and SK, the best choice` },
    { value: 'user', label: t`IAM user and password` },
    { value: 'token', label: t`Token`, hint: t`ends after a day` },
  ] as const);
  if (kind === null) return null;
  const fields: Record<string, string> = {};
  for (const [field, question] of KINDS[kind]) {
    const message = question();
    const isShown = field === 'user' || field === 'domain';
    const answer = await (isShown ? text(message) : password(message));
    if (answer === null) return null;
    fields[field] = answer;
  }
  return fields;
}
