/** A fetch refspec `[+]<source>:<destination>`; `^<source>` excludes. @see git-fetch(1) */
export interface Refspec {
  readonly source: string;
  /** Null: nothing is kept of what is fetched, or it is an exclusion. */
  readonly destination: string | null;
  readonly isNegative: boolean;
}

/** Reads one value of `remote.<name>.fetch`. */
export function parseRefspec(text: string): Refspec {
  const isNegative = text.startsWith('^');
  const [source = '', destination = ''] = text.replace(/^[+^]/, '').split(':');
  return { source, destination: destination === '' ? null : destination, isNegative };
}

/** The tracking refs in which a fetch by `refspecs` would keep the remote's `ref`. */
export function trackingRefs(refspecs: readonly Refspec[], ref: string): string[] {
  if (refspecs.some(({ isNegative, source }) => isNegative && expand(source, source, ref) !== null))
    return [];
  return refspecs.flatMap(({ source, destination }) => {
    const found = destination === null ? null : expand(source, destination, ref);
    return found === null ? [] : [found];
  });
}

/** The remote's refs that a fetch by `refspecs` would keep in `tracking`. */
export function trackedRefs(refspecs: readonly Refspec[], tracking: string): string[] {
  return refspecs.flatMap(({ source, destination }) => {
    const found = destination === null ? null : expand(destination, source, tracking);
    return found === null ? [] : [found];
  });
}

/** `to` with the part of `name` that the `*` of `from` stands for, or null when `name` does not match `from`. */
function expand(from: string, to: string, name: string): string | null {
  const star = from.indexOf('*');
  if (star < 0) return from === name ? to : null;
  const head = from.slice(0, star);
  const tail = from.slice(star + 1);
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return null;
  return to.replace('*', () => name.slice(head.length, name.length - tail.length));
}
