declare const brand: unique symbol;

/** A full object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits, never abbreviated. */
export type Oid = string & { readonly [brand]: 'Oid' };

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** `text` as an object name, or null when it is not a full one. */
export function parseOid(text: string): Oid | null {
  return OID.test(text) ? (text as Oid) : null;
}

/** Whether `oid` is the all-zeroes object name: "no such object", githooks(5). */
export function isZeroOid(oid: Oid): boolean {
  return /^0+$/.test(oid);
}

/** The all-zeroes object name of the same hash as `oid`. */
export function zeroLike(oid: Oid): Oid {
  return '0'.repeat(oid.length) as Oid;
}
