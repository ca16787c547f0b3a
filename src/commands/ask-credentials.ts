import { type CredentialSet, type Lookup, credentialSet } from '../codearts/credential-set.ts';
import { readCredentials } from '../codearts/read-credentials.ts';
import { UserError } from '../core/errors.ts';
import { readStdin } from '../platform/node.ts';
import type { CommandContext } from './define.ts';

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
  if (isStdin) return wanted(readCredentials('standard input', await readAll()));
  if (!context.effects.isInteractive) {
    throw new UserError('usage', 'there is no terminal to ask on', {
      hint: 'printf "ak=%s\\nsk=%s\\n" "$AK" "$SK" | codearts-hooks login --stdin',
    });
  }
  const fields = await askFields();
  return fields && wanted(credentialSet('the terminal', fields));
}

async function readAll(): Promise<string> {
  try {
    return await readStdin(STDIN_LIMIT);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('usage', 'standard input is too long for credentials', {
      hint: 'codearts-hooks login --stdin < file',
      cause: error,
    });
  }
}

function wanted(lookup: Lookup): CredentialSet {
  if (lookup.kind === 'found') return lookup.set;
  const reason = lookup.kind === 'none' ? 'no credentials were given' : lookup.reason;
  throw new UserError('login-failed', reason, {
    hint: 'give ak and sk, or user, password and domain, or a token',
  });
}

const KINDS = {
  key: [
    ['ak', 'Access key id (AK)'],
    ['sk', 'Secret access key (SK)'],
  ],
  user: [
    ['domain', 'Account name'],
    ['user', 'IAM user name'],
    ['password', 'Password'],
  ],
  token: [['token', 'Token (X-Auth-Token)']],
} as const;

async function askFields(): Promise<Record<string, string> | null> {
  const { isCancel, password, select, text } = await import('@clack/prompts');
  const kind = await select({
    message: 'How do you prove who you are?',
    options: [
      { value: 'key', label: 'Access key', hint: 'AK and SK, the best choice' },
      { value: 'user', label: 'IAM user and password' },
      { value: 'token', label: 'Token', hint: 'ends after a day' },
    ] as const,
  });
  if (isCancel(kind)) return null;
  const fields: Record<string, string> = {};
  for (const [field, message] of KINDS[kind]) {
    const isShown = field === 'user' || field === 'domain';
    const answer = await (isShown ? text({ message }) : password({ message }));
    if (isCancel(answer)) return null;
    fields[field] = answer ?? '';
  }
  return fields;
}
