import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { hidingUsualNodes } from './hidden-nodes.ts';
import { inEachShell, pathOf } from './shells.ts';
import { type Stage, useStage } from './stage.ts';

const makeStage = useStage();

/** A node that is not hidden with those of the machine. */
let node = '';
beforeAll(async () => {
  node = join(await mkdtemp(join(tmpdir(), 'codearts-hooks-node-')), 'node');
  await copyFile(process.execPath, node);
});
afterAll(async () => {
  await rm(dirname(node), { recursive: true, force: true });
});

const home = (stage: Stage): string => stage.env['HOME'] ?? '';

async function put(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(node, path);
  return path;
}

/** A node of that version, by its own word; it cannot run anything. */
async function putOld(path: string, version: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
}

/** As a GUI starts it: git, sh and what the shims run, and no node that is recorded. */
async function pushWithoutNode(stage: Stage, more: Record<string, string> = {}): Promise<void> {
  const bin = join(stage.root, 'few');
  await mkdir(bin);
  for (const tool of ['sleep', 'rm', 'ln', 'cat', 'setsid', 'git'])
    await symlink(pathOf(tool), join(bin, tool));
  await writeFile(join(stage.state, 'node'), '/gone/node\n');
  const env = { PATH: `${join(stage.root, 'bin')}:${bin}`, ...more };
  const ran = await stage.hook('pre-push', ['origin', 'u'], { env, by: hidingUsualNodes() });
  expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
}

/** How each tool lays out its nodes; the newest that fits is the one to be found. */
const LAYOUTS: Readonly<
  Record<string, (stage: Stage) => Promise<{ found: string; env?: Record<string, string> }>>
> = {
  nvm: async (stage) => {
    const versions = join(home(stage), '.nvm', 'versions', 'node');
    await putOld(join(versions, 'v9.11.2', 'bin', 'node'), 'v9.11.2');
    await put(join(versions, 'v20.9.0', 'bin', 'node'));
    return { found: await put(join(versions, 'v20.12.0', 'bin', 'node')) };
  },
  'nvm in NVM_DIR': async (stage) => {
    const NVM_DIR = join(stage.root, 'my nvm');
    return {
      found: await put(join(NVM_DIR, 'versions', 'node', 'v22.1.0', 'bin', 'node')),
      env: { NVM_DIR },
    };
  },
  volta: async (stage) => ({
    found: await put(join(home(stage), '.volta', 'tools', 'image', 'node', '22.1.0', 'bin', 'node')),
  }),
  fnm: async (stage) => ({
    found: await put(
      join(home(stage), '.local', 'share', 'fnm', 'node-versions', 'v22.1.0', 'installation', 'bin', 'node'),
    ),
  }),
  asdf: async (stage) => ({
    found: await put(join(home(stage), '.asdf', 'installs', 'nodejs', '22.1.0', 'bin', 'node')),
  }),
  mise: async (stage) => ({
    found: await put(
      join(home(stage), '.local', 'share', 'mise', 'installs', 'node', '22.1.0', 'bin', 'node'),
    ),
  }),
  'init.sh of husky': async (stage) => {
    const found = await put(join(stage.root, 'some where', 'node'));
    const folder = join(home(stage), '.config', 'husky');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'init.sh'), `echo hello\nPATH="${dirname(found)}:$PATH"\n`);
    return { found };
  },
};

describe.skipIf(lacks('mounts'))('without a node that is recorded or on the PATH', () => {
  inEachShell('the runner is started', (shell) => {
    test.each(Object.keys(LAYOUTS))('by the one of %s', async (name) => {
      const stage = await makeStage(shell);
      const { found, env } = (await LAYOUTS[name]?.(stage)) ?? { found: '' };

      await pushWithoutNode(stage, env);

      expect(await stage.started()).toMatchObject([{ execPath: found }]);
    });
  });

  inEachShell('with none that fits', (shell) => {
    test('the note waits, and a mark tells why; a node takes it off', async () => {
      const stage = await makeStage(shell);
      await putOld(join(home(stage), '.nvm', 'versions', 'node', 'v18.20.0', 'bin', 'node'), 'v18.20.0');

      await pushWithoutNode(stage);
      await until('the mark', async () => (await readdir(stage.state)).includes('no-node'));
      const notes = await stage.noteNames();
      await stage.hook('pre-push', ['origin', 'u']);
      await stage.started();

      expect(notes).toHaveLength(1);
      expect(await readdir(stage.state)).not.toContain('no-node');
      expect(await stage.noteNames()).toContain(notes[0]);
    });
  });
});
