import { existsSync } from 'node:fs';
import { pathOf } from './shells.ts';

/** Where hooks/start looks whatever the environment says. */
const USUAL = [
  '/opt/homebrew/bin/node',
  '/usr/local/bin/node',
  '/home/linuxbrew/.linuxbrew/bin/node',
  '/usr/bin/node',
  '/opt/local/bin/node',
];

/** What to run a program by, so that the nodes of this machine are not there for it; takes mounts. */
export function hidingUsualNodes(): string[] {
  const there = USUAL.filter((path) => existsSync(path));
  const hide = there.map((path) => `${pathOf('mount')} --bind /dev/null ${path}`);
  return [pathOf('unshare'), '--mount', '/bin/sh', '-c', [...hide, 'exec "$@"'].join(' && '), 'sh'];
}
