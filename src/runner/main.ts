import { join } from 'node:path';
import { type Authorizer, makeAuthorizer } from '../codearts/authorize.ts';
import { hidePasswordOf, hideSecretsOf } from '../core/known-secrets.ts';
import { isZeroOid } from '../core/oid.ts';
import { registerRepository } from '../config/registry.ts';
import { readPreferences } from '../config/preferences.ts';
import { makeBell } from '../delivery/bell.ts';
import { type DeliverOptions, deliver } from '../delivery/deliver.ts';
import type { Effects } from '../platform/effects.ts';
import { orNull, sync } from '../platform/files.ts';
import { type StoredNote, readNote } from '../push/notes.ts';
import type { Spool } from '../spool/spool.ts';
import { tidySpool } from '../spool/tidy.ts';
import { answer } from './answer.ts';
import { type RunnerArguments, parseArguments } from './arguments.ts';
import { openLog } from './log.ts';
import { tellUnwritable, writeNotice } from './notice.ts';
import { openSpools } from './open-spools.ts';
import { openPlace, resolveConfig } from './place.ts';
import { repair } from './repair.ts';
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
 * (`push`, `in`) and by commands (`flush`, and those that are answered), in the folder `codearts-hooks` of the
 * repository.
 */
export async function runnerMain(argv: readonly string[], stdin: string, effects: Effects): Promise<void> {
  const args = parseArguments(argv, stdin);
  hideSecretsOf(effects.env);
  hidePasswordOf(args.ownUrl ?? '');
  const stateDir = effects.cwd;
  const folder = args.mode === 'in' ? 'in' : 'notes';
  // Durable before anything else is done, or loaded.
  if (args.own !== null && args.handedOver === null) await orNull(sync(join(stateDir, folder, args.own)));
  const preferences = await readPreferences(effects.env);
  const log = openLog(stateDir, effects);
  try {
    const spools = await openSpools(stateDir, args, effects);
    if (spools.length === 0) throw new Error(await tellUnwritable(stateDir, { effects, preferences }));
    const runs = spools.map((spool) => runFor(spool, args, { effects, preferences }));
    if (args.question === null) {
      for (const run of runs) await runOnce(args, run);
    } else {
      effects.stdout.write(`${JSON.stringify(await answer(args.question, runs))}\n`);
    }
  } catch (error) {
    await log(`run failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    throw error;
  }
}

function runFor(
  spool: Spool,
  { ownUrl }: RunnerArguments,
  { effects, preferences }: Pick<RunContext, 'effects' | 'preferences'>,
): RunContext {
  const stateDir = effects.cwd;
  const log = openLog(spool.root, effects);
  return {
    effects,
    startedAt: effects.clock.now(),
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
    ownUrl,
    confirmed: [],
    places: new Map(),
    bell: makeBell(),
    log,
    debug: effects.env['CODEARTS_HOOKS_DEBUG'] === '1' ? log : async () => undefined,
  };
}

async function runOnce(args: RunnerArguments, run: RunContext): Promise<void> {
  const { clock, random } = run.effects;
  const { startedAt } = run;
  const own = args.own === null ? null : await readNote(run.folders.notes, args.own, run.folders.bad);
  await run.debug(`${args.mode} ${args.own ?? ''} begins`);
  const settling = settleAll(args, run);
  settling.catch(() => undefined); // it is waited for below; it may fail before
  const options: DeliverOptions = {
    authorizer: await authorizerOf(args, own, run),
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
    settling.then(hooks).then(() => repair(run)),
    deliver(run.spool, options, { clock, random }),
  ]);
  await registerRepository(run.commonDir, run.effects.env);
  // A push that is switched off prints nothing.
  if (!run.isFallback) await writeNotice(run, own === null || own.note.off ? null : own.startedAt);
  await tidySpool(run.spool, clock.now());
  await run.debug(`${args.mode} ${args.own ?? ''} ends after ${clock.now() - startedAt} ms`);
}

async function settleAll(args: RunnerArguments, run: RunContext): Promise<void> {
  await reviveHeld(run);
  if (args.own !== null)
    await settleOwn(args.mode === 'in' ? run.folders.fed : run.folders.notes, args.own, run);
  await settleOthers(args.own, run);
  if (args.own === null && !run.isFallback) await sweepOnly(args.cwd, run);
}

/** Its own secrets belong where its environment says, or the config of the worktree that it is for. */
async function authorizerOf(
  { cwd }: RunnerArguments,
  own: StoredNote | null,
  run: RunContext,
): Promise<Authorizer> {
  const { env, clock } = run.effects;
  const place = await openPlace(own?.note ?? { cwd, gitDir: '.git' }, run);
  const commit = own?.note.updates.find(({ after }) => !isZeroOid(after))?.after ?? null;
  const { endpoint } = await resolveConfig(place, run.commonDir, env, commit);
  return makeAuthorizer({
    env,
    clock,
    preferences: run.preferences,
    own:
      endpoint.kind === 'endpoint'
        ? { endpoint: endpoint.url, iamUrl: endpoint.iamUrl }
        : { endpoint: null, iamUrl: null },
    git: place.git,
    log: run.log,
  });
}
