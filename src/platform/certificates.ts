import { stored } from '../core/translate.ts';
import type { Env } from './effects.ts';
import { hasCode, readText } from './files.ts';
import { lateTls } from './late.ts';

const LIMIT_BYTES = 4 * 1024 * 1024;

/** Certificates to trust, or why there are none. */
export type Certificates =
  | { readonly kind: 'certificates'; readonly pems: readonly string[] }
  | { readonly kind: 'unreadable'; readonly path: string; readonly why: string };

/**
 * The certificates of PEM files, with all that node trusts already: whoever names some to node takes its own
 * away, and those of `NODE_EXTRA_CA_CERTS` too.
 */
export async function certificatesOf(paths: readonly string[], env: Env): Promise<Certificates> {
  const pems: string[] = [...lateTls().rootCertificates];
  const extra = env['NODE_EXTRA_CA_CERTS'];
  for (const path of extra ? [...paths, extra] : paths) {
    const found = await readPem(path);
    if ('pem' in found) pems.push(found.pem);
    // node warns of its own variable, and goes on.
    else if (path !== extra) return { kind: 'unreadable', path, why: found.why };
  }
  return { kind: 'certificates', pems };
}

async function readPem(path: string): Promise<{ readonly pem: string } | { readonly why: string }> {
  try {
    const pem = await readText(path, LIMIT_BYTES);
    if (pem === null) return { why: stored`is not there` };
    return pem.includes('-----BEGIN CERTIFICATE-----') ? { pem } : { why: stored`holds no certificate` };
  } catch (error) {
    if (error instanceof RangeError || hasCode(error, 'EISDIR', 'EACCES', 'EPERM'))
      return { why: stored`cannot be read` };
    throw error;
  }
}
