import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PushStandInOptions, pushStandIn } from './push-stand-in.ts';
import { inEachShell } from './shells.ts';
import { type Stage, useStage } from './stage.ts';

const makeStage = useStage();

/** Whether the note of a stand-in's push names the stand-in; false: no push was found. */
async function isFound(stage: Stage, options: Partial<PushStandInOptions>): Promise<boolean> {
  const held = await pushStandIn(stage, options);
  const [note] = await stage.notes();
  const program = note?.push ? readlinkSync(`/proc/${note.push.pid}/exe`) : null;
  await held.end();
  if (program !== null) expect(program).toBe(join(stage.root, options.name ?? 'git'));
  return program !== null;
}

inEachShell('the push is found', (shell) => {
  test.each([
    [['push']],
    [['push', 'origin', 'main']],
    [['-c', 'a.b=c d', '-C', '.', 'push', '-u', 'origin', '中文']],
    [['push', ...Array.from({ length: 3000 }, (_, n) => `refs/heads/topic-${n}`)]],
  ])('by its command line: git %s', async (args) => {
    const stage = await makeStage(shell);

    expect(await isFound(stage, { args })).toBe(true);
  });

  test.each(['sh', 'a b', 'a) (b', ') S 1 (', 'x (git', 'git) R 1', '(git)', '*', '%s'])(
    'past a process by the name "%s"',
    async (between) => {
      const stage = await makeStage(shell);

      expect(await isFound(stage, { between })).toBe(true);
    },
  );
});

inEachShell('the push is found', (shell) => {
  test('of a branch with a name that looks like another command', async () => {
    const stage = await makeStage(shell);

    expect(await isFound(stage, { args: ['push', 'origin', 'webhookrunner'] })).toBe(true);
  });
});

inEachShell('no push is found', (shell) => {
  test.each([
    [
      'git hook run, as a GUI starts it',
      { args: ['hook', 'run', '--ignore-missing', 'pre-push', '--', 'origin'] },
    ],
    ['a git that commits', { args: ['commit', '-m', 'x'] }],
    ['another program that pushes', { name: 'git-lfs', args: ['push', 'origin'] }],
    ['a program with git in its name', { name: '(git) S 1', args: ['push'] }],
    ['a push past a name of two lines', { between: 'a\nb) (git' }],
  ])('of %s', async (_, options) => {
    const stage = await makeStage(shell);

    expect(await isFound(stage, options)).toBe(false);
    expect(await stage.started()).toHaveLength(1);
  });
});
