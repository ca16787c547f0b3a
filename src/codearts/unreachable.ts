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
  const by = via === undefined ? '' : ` by the proxy ${via}`;
  const [, status] = /^PROXY_(\d+)$/.exec(code) ?? [];
  if (status === '407') return `the proxy ${via} wants another user and password (HTTP 407)`;
  if (status !== undefined) return `the proxy ${via} does not lead to ${who} (HTTP ${status})`;
  if (CERTIFICATES.includes(code)) {
    return `the certificate of ${who} is of no CA that is trusted here (${code})${by}; name its CA: git config --global http.sslCAInfo <file>`;
  }
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${who} has expired (${code})${by}`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `the certificate of ${who} is for another host (${code})${by}`;
  if (code === 'HPE_HEADER_OVERFLOW') return `the headers of the reply of ${who} are too long (${code})`;
  return `${who} could not be reached${by} (${code})`;
}
