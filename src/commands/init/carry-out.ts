import { dirname } from 'node:path';
import { isTrusted, lastApproved, revoke } from '../../config/trust.ts';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { uninstall } from '../../install/uninstall.ts';
import { lstat, makeFolder, readText, rm, writeAtomic } from '../../platform/files.ts';
import { holdInterrupts } from '../../platform/hold-interrupts.ts';
import { approveInteractively } from '../approve.ts';
import type { CommandContext } from '../define.ts';
import { install } from '../install.ts';
import { readState } from '../repository-state.ts';
import type { FileChange } from './plan-files.ts';
import { tellWritten } from './words.ts';

/** What is to be done, all of it or nothing. */
export interface Work {
  readonly changes: readonly FileChange[];
  /** Whether the jobs are to be started from this machine. */
  readonly isApproving: boolean;
  readonly isInstalled: boolean;
}

/** One thing that was done, and how it is taken back. */
interface Done {
  readonly revert: () => Promise<void>;
}

/**
 * Does it: writes the files, approves the jobs, installs. What fails or is interrupted in the middle is taken back as
 * a whole.
 *
 * @returns the exit code of `install`
 */
export async function carryOut(work: Work, context: CommandContext): Promise<number> {
  return await holdInterrupts(async (isInterrupted) => {
    const done: Done[] = [];
    const wantGoingOn = (): void => {
      if (isInterrupted()) throw new UserError('interrupted', t`stopped`, { hint: 'codearts-hooks init' });
    };
    try {
      for (const change of work.changes) {
        wantGoingOn();
        done.push(await write(change));
        tellWritten(change, context);
      }
      wantGoingOn();
      if (work.isApproving) done.push(await approveNow(context));
      wantGoingOn();
      if (!work.isInstalled) done.push({ revert: () => takeOut(context) });
      const exitCode = await install([], {}, context);
      wantGoingOn();
      return exitCode;
    } catch (error) {
      for (const { revert } of done.toReversed()) await revert();
      if (done.length > 0) context.say(t`what had been written is taken back: all is as it was before`);
      throw error;
    }
  });
}

async function write({ path, before, after }: FileChange): Promise<Done> {
  if ((await readText(path)) !== before) {
    throw new UserError('init-refused', t`${path} has changed meanwhile`, { hint: 'codearts-hooks init' });
  }
  const mode = before === null ? 0o644 : (await lstat(path)).mode & 0o777;
  await makeFolder(dirname(path), 0o755);
  await writeAtomic(path, after, { mode });
  return {
    revert: async () => {
      if (before === null) await rm(path, { force: true });
      else await writeAtomic(path, before, { mode });
    },
  };
}

async function approveNow(context: CommandContext): Promise<Done> {
  const { env } = context.effects;
  const state = await readState(context);
  const none: Done = { revert: async () => undefined };
  const { subject } = state;
  if (subject === null || (await isTrusted(subject, env))) return none;
  const hasOthers = (await lastApproved(subject.origin, env)) !== null;
  await approveInteractively(state, true, context);
  // Earlier approvals of the repository stay; one more of what is not there any more does no harm.
  return hasOthers ? none : { revert: async () => void (await revoke(subject.origin, env)) };
}

async function takeOut(context: CommandContext): Promise<void> {
  const { repository } = await readState(context);
  await uninstall(repository, context.effects);
}
