import { isAbsolute, join } from 'node:path';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { hasCode, orNull, readText, stat } from '../platform/files.ts';
import { type Lookup, credentialSet } from './credential-set.ts';

const LIMIT_BYTES = 64 * 1024;

/**
 * What the profile of Huawei Cloud's SDKs has: `~/.huaweicloud/credentials`, or the file that
 * `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names; an INI file, of which `[basic]` counts.
 */
export async function sdkCredentials(env: Env): Promise<Lookup> {
  const home = homeOf(env);
  const path = env['HUAWEICLOUD_SDK_CREDENTIALS_FILE'] || (home && join(home, '.huaweicloud', 'credentials'));
  if (!path || !isAbsolute(path)) return { kind: 'none' };
  try {
    const text = await readText(path, LIMIT_BYTES);
    if (text === null) return { kind: 'none' };
    const found = sectionOf(text, 'basic');
    const fields = {
      ak: found.get('ak') ?? null,
      sk: found.get('sk') ?? null,
      'security-token': found.get('security_token') ?? null,
    };
    return credentialSet(path, fields, (field) => t`${field.replace('-', '_')} in ${path}`);
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'broken', reason: t`${path} is too large` };
    if (hasCode(error, 'EACCES', 'EPERM', 'EISDIR', 'ELOOP'))
      return { kind: 'broken', reason: t`${path} cannot be read` };
    throw error;
  }
}

/** Whether KooCLI is set up: its secrets are encrypted, and not for us to read. */
export async function hasKooCli(env: Env): Promise<boolean> {
  const home = homeOf(env);
  return home !== null && (await orNull(stat(join(home, '.hcloud', 'config.json')))) !== null;
}

function homeOf(env: Env): string | null {
  const home = env['HOME'] || env['USERPROFILE'];
  return home && isAbsolute(home) ? home : null;
}

function sectionOf(text: string, wanted: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (name !== undefined) section = name.trim();
    const [, key, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === wanted && key !== undefined && value !== undefined) values.set(key, value);
  }
  return values;
}
