import { expect, test } from 'vitest';
import { UNAVAILABLE } from './fixtures/unavailable.ts';

test('the list of what a machine may lack has not grown', () => {
  expect(Object.keys(UNAVAILABLE).sort()).toEqual([
    'busybox',
    'chromium',
    'fish',
    'mounts',
    'script',
    'shellcheck',
    'squid',
    'sshd',
    'strace',
    'tmux',
    'zsh',
  ]);
});
