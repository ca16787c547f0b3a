import { t } from '../core/translate.ts';
import {
  type CredentialFields,
  FIELDS,
  type Lookup,
  credentialSet,
  parseCredentials,
} from './credential-set.ts';

const LINE = new RegExp(`^(?<name>${FIELDS.join('|')})\\s*[=:]\\s*(?<value>.*)$`);

/**
 * Reads credentials as people have them at hand: a JSON object, lines `ak=...`, `sk=...` (names as in
 * credential-set.ts), or one word, which is a token.
 */
export function readCredentials(source: string, text: string): Lookup {
  const clean = text.replace(/^\uFEFF/, '').trim();
  if (clean.startsWith('{')) return parseCredentials(source, clean);
  if (/^\S+$/.test(clean) && !LINE.test(clean)) return credentialSet(source, { token: clean });
  const fields: Partial<Record<keyof CredentialFields, string>> = {};
  for (const [index, line] of clean.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const { name, value } = LINE.exec(line)?.groups ?? {};
    if (name === undefined || value === undefined) {
      const known = FIELDS.join(', ');
      return {
        kind: 'broken',
        reason: t`line ${index + 1} of ${source} is not name=value, with a name of ${known}`,
      };
    }
    fields[name as keyof CredentialFields] = value;
  }
  return credentialSet(source, fields);
}
