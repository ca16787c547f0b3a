import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { stripUrl } from '../../src/core/redact.ts';
import { run } from '../fixtures/run.ts';
import { type Shell, inEachShell } from './shells.ts';

const CANARY = 'S3CR-canary-7b';

// As git gives them: [what a note has of it, what git was given].
const ADDRESSES = [
  ['https://host/r.git', 'https://host/r.git'],
  ['https://host/r.git', `https://alice:${CANARY}@host/r.git`],
  ['https://host/r.git', `https://${CANARY}@host/r.git`],
  ['https://host/r.git', `https://:${CANARY}@host/r.git`],
  ['http://host:8080/r.git', `http://alice:${CANARY}@host:8080/r.git`],
  ['https://[::1]:8443/r.git', `https://alice:${CANARY}@[::1]:8443/r.git`],
  ['https://host/r.git', `https://alice@example.com:${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:p@${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:p/${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:p/q/${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:p#${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:p?${CANARY}@host/r.git`],
  ['https://host/r.git', `https://gitssh:${CANARY}@host/r.git`],
  ['https://host/r.git', `https://ssh:${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:%40%2F${CANARY}%s@host/r.git`],
  ['https://host/r.git', `https://alice:*[a-z]?${CANARY}@host/r.git`],
  ['https://host/r.git', `https://alice:$(id)\`id\`\\'"${CANARY}@host/r.git`],
  ['https://host/r.git', `https://host/r.git?private_token=${CANARY}`],
  ['https://host/r.git', `https://host/r.git#${CANARY}`],
  ['https://host/r.git', `https://host/r.git?a=b/c@d/${CANARY}`],
  ['https://host', `https://alice:${CANARY}@host?token=${CANARY}`],
  ['https://host', `https://alice:${CANARY}@host`],
  ['https://host/', `https://alice:${CANARY}@host/`],
  ['https://host/@scope/r.git', `https://alice:${CANARY}@host/@scope/r.git`],
  ['https://host/中文/仓库.git', `https://爱丽丝:${CANARY}@host/中文/仓库.git`],
  ['https://host//r.git', `https://alice:${CANARY}@host//r.git`],
  ['ssh://git@host/r.git', 'ssh://git@host/r.git'],
  ['ssh://git@host:22/r.git', `ssh://git:${CANARY}@host:22/r.git`],
  ['ssh://git@host/r.git', `ssh://git:p@${CANARY}@host/r.git`],
  ['ssh://host/~alice/r.git', 'ssh://host/~alice/r.git'],
  ['git+ssh://git@host/r.git', `git+ssh://git:${CANARY}@host/r.git`],
  ['git@host:group/r.git', 'git@host:group/r.git'],
  ['git@host:@scope/r.git', 'git@host:@scope/r.git'],
  ['git@host:a:b@c/r.git', 'git@host:a:b@c/r.git'],
  ['host:r.git', `git:${CANARY}@host:r.git`],
  ['host:group/r.git', 'host:group/r.git'],
  ['[::1]:r.git', '[::1]:r.git'],
  ['a/b@c:d.git', 'a/b@c:d.git'],
  ['./a:b@c.git', './a:b@c.git'],
  ['../remote.git', '../remote.git'],
  ['/srv/a:b@c/r.git', '/srv/a:b@c/r.git'],
  ['/srv/with space/-r.git', '/srv/with space/-r.git'],
  ['file:///srv/a@b/r.git', 'file:///srv/a@b/r.git'],
  ['git://host/r.git', 'git://host/r.git'],
  ['ext::ssh host %S r', 'ext::ssh host %S r'],
  ['C:\\repos\\r.git', 'C:\\repos\\r.git'],
  ['-', '-'],
  ['--', '--'],
  ['', ''],
] as const;

/** What the shell's `strip` makes of addresses of one line. */
async function strip(
  { command: [program, ...options] }: Shell,
  addresses: readonly string[],
): Promise<string[]> {
  const script = `. "$1"; while IFS= read -r address; do strip "$address"; printf '%s\\n' "$_url"; done`;
  const { stdout, stderr } = await run(program, [...options, '-c', script, 'sh', resolve('hooks/lines')], {
    cwd: '/',
    // bash -c takes node's sockets for a connection by rsh, and would read ~/.bashrc.
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' },
    stdin: addresses.map((address) => `${address}\n`).join(''),
  });
  expect(stderr).toBe('');
  return stdout.split('\n').slice(0, -1);
}

/** Addresses put together of what is special in one, always the same. */
function composedAddresses(count: number): string[] {
  const schemes = ['http://', 'https://', 'ssh://', 'git+ssh://', 'git://', '', ''];
  const parts =
    'alice ssh: p/w @ @ : / // ? # :: .. ~ %40 中 [::1] * \\ $(id) ` " \' - & = /@scope [a-z]'.split(' ');
  let state = 1;
  const below = (limit: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
  return Array.from(
    { length: count },
    () => pick(schemes) + Array.from({ length: 1 + below(9) }, () => pick(parts)).join(''),
  );
}

test.each(ADDRESSES)('%s is left of %s', (left, given) => {
  expect(stripUrl(given)).toBe(left);
});

inEachShell('an address', (shell) => {
  test('loses the same in the shims as in the runner, and never keeps a password', async () => {
    const left = await strip(
      shell,
      ADDRESSES.map(([, given]) => given),
    );

    expect(left).toEqual(ADDRESSES.map(([wanted]) => wanted));
    expect(left.join('\n')).not.toContain(CANARY);
  });

  test('of any make loses the same in the shims as in the runner', async () => {
    const addresses = composedAddresses(3000);

    const left = await strip(shell, addresses);

    const differing = addresses.filter((address, index) => left[index] !== stripUrl(address));
    expect(differing).toEqual([]);
  });
});
