const WITH_SCHEME =
  /^(?:https?|(?:git\+)?ssh|git):\/\/(?:[^/@?#\\]*@)?(?<host>[^/@:?#\\]+)(?::(?<port>\d+))?\/(?<path>.+)$/i;
const SCP_LIKE = /^(?:[^/:@]+@)?(?<host>[^/:@]+):(?<path>[^:].*)$/;
const USUAL_PORTS = ['22', '80', '443'];

/**
 * Whether a repository, named by the URL of its origin, is one that the user trusts: `host/path` exactly, where `*`
 * is any one part of the path, and `**` at the end any rest. Hosts are compared as a whole.
 */
export function isTrustedProject(origin: string, patterns: readonly string[]): boolean {
  const parts = partsOf(origin);
  return parts !== null && patterns.some((pattern) => matches(pattern.split('/'), parts));
}

function matches(
  [host = '', ...path]: readonly string[],
  [actualHost = '', ...actual]: readonly string[],
): boolean {
  if (host.toLowerCase() !== actualHost || path.length === 0) return false;
  const isOpen = path.at(-1) === '**';
  const fixed = isOpen ? path.slice(0, -1) : path;
  if (isOpen ? actual.length <= fixed.length : actual.length !== fixed.length) return false;
  return fixed.every((part, index) => part === '*' || part === actual[index]);
}

/** The host, then the parts of the path; null for what is not on a host, or names its place in a roundabout way. */
function partsOf(origin: string): string[] | null {
  const { host, port, path } = (WITH_SCHEME.exec(origin) ?? scpLike(origin))?.groups ?? {};
  if (!host || !path) return null;
  const parts = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/');
  if (parts.some((part) => part === '' || /^\.+$/.test(part) || /[%\\?#*]/.test(part))) return null;
  const isUsual = port === undefined || USUAL_PORTS.includes(port);
  return [`${host.toLowerCase()}${isUsual ? '' : `:${port}`}`, ...parts];
}

function scpLike(origin: string): RegExpExecArray | null {
  return origin.includes('://') || origin.includes('::') ? null : SCP_LIKE.exec(origin);
}
