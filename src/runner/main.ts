import { join } from 'node:path';
import { isZeroOid } from '../core/oid.ts';
import { fallbackSpool, registerRepository } from '../config/registry.ts';
import { readPreferences } from '../config/preferences.ts';
import { makeBell } from '../delivery/bell.ts';
import { type DeliverOptions, deliver } from '../delivery/deliver.ts';
import type { Effects } from '../platform/effects.ts';
import { warmUp } from '../platform/http.ts';
import { hasCode, orNull, removeFile, stat, sync, writeAtomic } from '../platform/files.ts';
import { readNote } from '../push/notes.ts';
import { type Spool, openSpool } from '../spool/spool.ts';
import { type RunnerArguments, parseArguments } from './arguments.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import { draftManually } from './draft.ts';
import { openLog } from './log.ts';
import { writeNotice } from './notice.ts';
import { openPlace, resolveConfig } from './place.ts';
import { reviveHeld } from './revive.ts';
import { type RunContext, commonDirOf } from './run-context.ts';
import { settleOthers, settleOwn } from './settle-all.ts';
import { sweepOnly } from './sweep.ts';
import { runUserHooks } from './user-hooks.ts';

const STAY_MS = 15 * 60_000;
/** The longest that one request takes. */
const REQUEST_MS = 25_000;
/** Within this, an owner takes up what is due. */
const OWNER_MS = 3000;

/**
 * One run: settles what pushes have left, delivers what is queued, tells what waits. Started by the shims
 * (`push`, `in`) and by commands (`flush`), in the folder `codearts-hooks` of the repository.
 */
export async function runnerMain(argv: readonly string[], stdin: string, effects: Effects): Promise<void> {
  const args = parseArguments(argv, stdin);
  const startedAt = effects.clock.now();
  const stateDir = effects.cwd;
  const folder = args.mode === 'in' ? 'in' : 'notes';
  // Durable before anything else is done, or loaded.
  if (args.own !== null && args.handedOver === null) await orNull(sync(join(stateDir, folder, args.own)));
  const [preferences, spools] = await Promise.all([
    readPreferences(effects.env),
    findSpools(stateDir, args, effects),
  ]);
  for (const spool of spools) {
    const run: RunContext = {
      effects,
      commonDir: commonDirOf(stateDir),
      stateDir,
      spool,
      isFallback: spool.root !== stateDir,
      folders: {
        notes: join(spool.root, 'notes'),
        fed: join(spool.root, 'in'),
        bad: join(spool.root, 'bad'),
      },
      preferences,
      ownUrl: args.ownUrl,
      confirmed: [],
      places: new Map(),
      bell: makeBell(),
      log: openLog(spool.root, effects),
    };
    try {
      if (args.mode === 'draft') {
        const events = await draftManually(JSON.parse(stdin) as ManualRequest, run);
        effects.stdout.write(`${JSON.stringify(events)}\n`);
        return;
      }
      await runOnce(args, run, startedAt);
    } catch (error) {
      await run.log(`run failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw error;
    }
  }
}

async function runOnce(args: RunnerArguments, run: RunContext, startedAt: number): Promise<void> {
  const { clock, env } = run.effects;
  const settling = settleAll(args, run);
  settling.catch(() => undefined); // it is waited for below; it may fail before
  // Loading it takes as long as git does: both at once.
  warmUp();
  const endpoint = await ownEndpoint(args, run);
  const options: DeliverOptions = {
    endpoint,
    bell: run.bell,
    isWake: true,
    stayUntil: args.mode === 'flush' ? startedAt + args.waitMs : startedAt + STAY_MS,
    // Somebody waits for a flush; a push has nobody who does.
    patienceMs: args.mode === 'flush' ? Math.max(args.waitMs, REQUEST_MS) : OWNER_MS,
    until: settling,
  };
  const hooks = async (): Promise<void> => {
    for (const push of run.confirmed) await runUserHooks(push, run);
  };
  await Promise.all([
    settling.then(hooks),
    deliver(run.spool, options, { env, clock, random: run.effects.random }),
  ]);
  await registerRepository(run.commonDir, env);
  if (!run.isFallback) await writeNotice(run, startedAt);
}

async function settleAll(args: RunnerArguments, run: RunContext): Promise<void> {
  await reviveHeld(run);
  if (args.own !== null)
    await settleOwn(args.mode === 'in' ? run.folders.fed : run.folders.notes, args.own, run);
  await settleOthers(args.own, run);
  if (args.own === null && !run.isFallback) await sweepOnly(args.cwd, run);
}

/** Where the secrets of this process belong: what its environment says, or the config of the worktree it is for. */
async function ownEndpoint({ own, cwd }: RunnerArguments, run: RunContext): Promise<string | null> {
  const { env } = run.effects;
  const stored = own === null ? null : await readNote(run.folders.notes, own, run.folders.bad);
  const place = await openPlace(stored?.note ?? { cwd, gitDir: '.git' }, run);
  const commit = stored?.note.updates.find(({ after }) => !isZeroOid(after))?.after ?? null;
  const { endpoint } = await resolveConfig(place, run.commonDir, env, commit);
  return endpoint.kind === 'endpoint' ? endpoint.url : null;
}

/**
 * The spools to work on: the repository's own; and the one of last resort, in the user's state folder, when the
 * shim could not write to the first, or something is left in the second.
 */
async function findSpools(stateDir: string, args: RunnerArguments, { env }: Effects): Promise<Spool[]> {
  const { own, handedOver, mode } = args;
  const fallback = fallbackSpool(commonDirOf(stateDir), env);
  const isWritable = handedOver === null || (await canWrite(stateDir));
  const isUsed = fallback !== null && (await orNull(stat(fallback))) !== null;
  const spools: Spool[] = [];
  if (isWritable) spools.push(await openSpool(stateDir));
  if (fallback !== null && (isUsed || !isWritable)) spools.push(await openSpool(fallback));
  const [first] = spools;
  if (first && own !== null && handedOver !== null) {
    await writeAtomic(join(first.root, mode === 'in' ? 'in' : 'notes', own), handedOver);
  }
  return spools;
}

async function canWrite(folder: string): Promise<boolean> {
  const probe = join(folder, 'probe');
  try {
    await writeAtomic(probe, 'can this be written?');
    await removeFile(probe);
    return true;
  } catch (error) {
    if (hasCode(error, 'EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT')) return false;
    throw error;
  }
}
