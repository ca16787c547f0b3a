import { stored } from '../core/translate.ts';

const CERTIFICATES = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
];

/**
 * Why a request could not be sent, in a sentence with what to do about it.
 *
 * @param who whom it was for: `the service`, `IAM`
 * @param via the proxy that it was to go by
 */
export function whyUnreachable(
  who: string,
  { code, via }: { readonly code: string; readonly via?: string },
): string {
  const by = (sentence: string): string =>
    via === undefined ? sentence : stored`${sentence} by the proxy ${via}`;
  const [, status] = /^PROXY_(\d+)$/.exec(code) ?? [];
  if (status === '407') return stored`the proxy ${via ?? ''} wants another user and password (HTTP 407)`;
  if (status !== undefined) return stored`the proxy ${via ?? ''} does not lead to ${who} (HTTP ${status})`;
  if (CERTIFICATES.includes(code)) {
    const sentence = by(stored`the certificate of ${who} is of no CA that is trusted here (${code})`);
    return stored`${sentence}; name its CA: git config --global http.sslCAInfo <file>`;
  }
  if (code === 'CERT_HAS_EXPIRED') return by(stored`the certificate of ${who} has expired (${code})`);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return by(stored`the certificate of ${who} is for another host (${code})`);
  if (code === 'HPE_HEADER_OVERFLOW')
    return stored`the headers of the reply of ${who} are too long (${code})`;
  return via === undefined
    ? stored`${who} could not be reached (${code})`
    : stored`${who} could not be reached by the proxy ${via} (${code})`;
}
