import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { foregroundPrograms, traced } from './exec-trace.ts';
import { pushStandIn } from './push-stand-in.ts';
import { inEachShell } from './shells.ts';
import { lines, useStage } from './stage.ts';

const makeStage = useStage();

describe.skipIf(lacks('strace'))('what git waits for', () => {
  inEachShell('in a push', (shell) => {
    test.each([
      ['one shell', false, []],
      ['one shell and one ln where the reference-transaction hook is put in place', true, ['ln']],
    ])('is %s', async (_, isArmed, more) => {
      const stage = await makeStage(shell);
      const trace = join(stage.root, 'trace');
      if (isArmed) await writeFile(join(stage.state, 'arm'), '');
      await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);

      const [program, ...args] = [...traced(trace), 'git', 'push', '--quiet', 'origin', 'main'];
      await run(program, args, { cwd: stage.dir, env: stage.env });
      await stage.started();

      expect(await foregroundPrograms(trace, 'pre-push')).toEqual(['pre-push', ...more]);
    });

    test.each([
      [0, 0],
      [1, 0],
      [99, 0],
      [100, 1],
      [2000, 1],
    ])('of %i updates is %i cat more', async (count, cats) => {
      const stage = await makeStage(shell);
      const trace = join(stage.root, 'trace');

      await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(count), by: traced(trace) });
      await stage.started();

      const [, ...more] = await foregroundPrograms(trace, 'pre-push');
      expect(more).toEqual(Array.from({ length: cats }, () => 'cat'));
    });

    test('that the earlier hook lets pass is that hook, and one rm more when it does not', async () => {
      const stage = await makeStage(shell);
      const [passed, vetoed] = [join(stage.root, 'passed'), join(stage.root, 'vetoed')];
      const next = join(stage.hooks, 'pre-push.next');
      await writeFile(next, `#!${stage.root}/bin/sh\nexit "$VETO"\n`);
      await chmod(next, 0o755);

      const args = ['origin', 'u'];
      await stage.hook('pre-push', args, { stdin: lines(1), by: traced(passed), env: { VETO: '0' } });
      await stage.hook('pre-push', args, { stdin: lines(1), by: traced(vetoed), env: { VETO: '1' } });
      await stage.started();

      expect((await foregroundPrograms(passed, 'pre-push')).slice(1)).toEqual(['pre-push.next']);
      expect((await foregroundPrograms(vetoed, 'pre-push')).slice(1)).toEqual(['pre-push.next', 'rm']);
    });

    test('is not the reading of a long command line, which takes its time', async () => {
      const stage = await makeStage(shell);
      const [trace, hook] = [join(stage.root, 'trace'), join(stage.hooks, 'pre-push')];
      await rename(hook, `${hook}.kept`);
      // Without -f: strace ends with the shell, and does not wait for the watcher.
      const script = `#!/bin/sh\nexec strace -o '${trace}' -e trace=open,openat '${hook}.kept' "$@"\n`;
      await writeFile(hook, script, { mode: 0o755 });
      const args = ['push', ...Array.from({ length: 999 }, (_, n) => `topic-${n}`)];

      const held = await pushStandIn(stage, { args });
      const [note] = await stage.notes();
      await held.end();
      const opened = await readFile(trace, 'utf8');

      expect(opened).toContain(`"/proc/${note?.push?.pid}/stat"`);
      expect(opened).not.toContain(`"/proc/${note?.push?.pid}/cmdline"`);
    });
  });
});
