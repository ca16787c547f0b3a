import { expect, test } from 'vitest';
import { gitEnv } from '../../src/platform/git-env.ts';
import { run } from '../fixtures/run.ts';

test('whatever git holds for one repository alone is not handed on, but the values of -c', async () => {
  const { stdout } = await run('git', ['rev-parse', '--local-env-vars'], {
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const names = stdout.trim().split('\n');

  const kept = gitEnv(Object.fromEntries(names.map((name) => [name, 'x'])));

  expect(names.filter((name) => kept[name] === 'x').sort()).toEqual([
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_PARAMETERS',
  ]);
});

test.each([
  ['GIT_DIR'],
  ['GIT_INDEX_FILE'],
  ['GIT_EXEC_PATH'],
  ['GIT_QUARANTINE_PATH'],
  ['GIT_REFLOG_ACTION'],
  ['GIT_TRACE'],
])("the hook's %s is not handed on", (name) => {
  expect(gitEnv({ [name]: 'x' })).not.toHaveProperty(name);
});

test('what the user has set stays, and nothing undefined is made a string', () => {
  const env = gitEnv({ PATH: '/bin', HOME: '/home/u', GIT_SSH_COMMAND: 'ssh -i key', GONE: undefined });

  expect(env).toMatchObject({ PATH: '/bin', HOME: '/home/u', GIT_SSH_COMMAND: 'ssh -i key' });
  expect(env).not.toHaveProperty('GONE');
});

test('nobody is asked for anything, whatever the user has set', () => {
  const env = gitEnv({ GIT_ASKPASS: '/x', SSH_ASKPASS: '/y', GIT_TERMINAL_PROMPT: '1', LC_ALL: 'zh_CN' });

  expect(env).toMatchObject({
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  });
});
