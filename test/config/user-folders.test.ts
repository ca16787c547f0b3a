import { expect, test } from 'vitest';
import { userFolders } from '../../src/config/user-folders.ts';

const HOME = {
  config: '/h/.config/codearts-hooks',
  state: '/h/.local/state/codearts-hooks',
  cache: '/h/.cache/codearts-hooks',
};

test.each([
  ['a home', { HOME: '/h' }, HOME],
  ['a home of Windows', { USERPROFILE: '/h' }, HOME],
  [
    'both XDG folders',
    { XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s' },
    { config: '/c/codearts-hooks', state: '/s/codearts-hooks', cache: '/s/codearts-hooks/cache' },
  ],
  [
    'one XDG folder and a home',
    { HOME: '/h', XDG_CONFIG_HOME: '/c' },
    { ...HOME, config: '/c/codearts-hooks' },
  ],
  ['a cache elsewhere', { HOME: '/h', XDG_CACHE_HOME: '/k' }, { ...HOME, cache: '/k/codearts-hooks' }],
  ['empty XDG folders', { HOME: '/h', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }, HOME],
  [
    'relative XDG folders, which the specification ignores',
    { HOME: '/h', XDG_CONFIG_HOME: 'c', XDG_STATE_HOME: './s' },
    HOME,
  ],
  [
    'the local data of Windows',
    { USERPROFILE: '/h', LOCALAPPDATA: '/l' },
    { config: '/l/codearts-hooks', state: '/l/codearts-hooks', cache: '/l/cache/codearts-hooks' },
  ],
  ['empty local data', { HOME: '/h', LOCALAPPDATA: '' }, HOME],
  ['nothing', {}, null],
  ['an empty home', { HOME: '' }, null],
  ['a relative home', { HOME: 'h' }, null],
  ['one XDG folder alone', { XDG_CONFIG_HOME: '/c' }, null],
])('with %s the folders are known, or there are none', (_, env, expected) => {
  expect(userFolders(env)).toEqual(expected);
});
