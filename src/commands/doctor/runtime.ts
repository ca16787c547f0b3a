import { join } from 'node:path';
import { t } from '../../core/translate.ts';
import {
  hasCode,
  isSystemError,
  lstat,
  orNull,
  readText,
  removeFile,
  writeAtomic,
} from '../../platform/files.ts';
import { nodePath } from '../../platform/node.ts';
import { runProgram } from '../../platform/spawn.ts';
import { type Check, fine, mendable, wrong } from './check.ts';

const OLDEST_NODE = [20, 12] as const;

const node: Check = {
  name: 'node',
  async run({ state: { stateDir, isInstalled }, context }) {
    if (!isInstalled) return fine(nodePath());
    const recorded = ((await readText(join(stateDir, 'node'))) ?? '').trim();
    const { exitCode, output } = await runProgram(recorded === '' ? 'node' : recorded, ['--version'], {
      cwd: stateDir,
      env: context.effects.env,
      timeoutMs: 10_000,
    });
    if (exitCode !== 0) return mendable(t`the node that hooks start is gone: ${recorded}`);
    const [, major = '0', minor = '0'] = /v(\d+)\.(\d+)/.exec(output) ?? [];
    const isOld =
      Number(major) < OLDEST_NODE[0] || (Number(major) === OLDEST_NODE[0] && Number(minor) < OLDEST_NODE[1]);
    if (isOld)
      return wrong(t`${recorded} is ${output.trim()}`, t`codearts-hooks install, by node 20.12 or later`);
    const isMissed = (await orNull(lstat(join(stateDir, 'no-node')))) !== null;
    return isMissed
      ? mendable(t`the last push found no node, and waits`)
      : fine(`${recorded} ${output.trim()}`);
  },
};

const folder: Check = {
  name: 'folder',
  async run({ state: { stateDir, isInstalled } }) {
    if (!isInstalled) return fine(t`not there yet`);
    try {
      const probe = join(stateDir, 'notes', 'doctor');
      await writeAtomic(probe, 'can this be written?');
      await removeFile(probe);
      return fine(t`${stateDir} can be written`);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return mendable(t`${stateDir} is not complete`);
      const why = isSystemError(error) ? String(error.code) : String(error);
      return wrong(t`${stateDir} cannot be written: ${why}`, t`make it yours and writable: ${stateDir}`);
    }
  },
};

/** Left by a git that was killed; no setting can be changed until it is gone. */
const configLock: Check = {
  name: 'config-lock',
  async run({ state: { repository } }) {
    const path = join(repository.commonDir, 'config.lock');
    if (!(await orNull(lstat(path)))) return fine(t`git's config can be changed`);
    return wrong(t`${path} keeps git's config from being changed`, t`if no git is running: rm '${path}'`);
  },
};

export const RUNTIME: readonly Check[] = [node, folder, configLock];
