import { admit, type Call, type Tenant } from './admit.ts';
import type { Build, BuildCounter } from './build-counter.ts';
import { faultReply } from './fault-reply.ts';
import type { Fault } from './faults.ts';
import { sourceOf } from './build-source.ts';
import { type BuildPlan, type RecordedBuild, USUAL_PLAN } from './build-life.ts';
import type { Route } from './route.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/** What is done to the connection. */
export type Action =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'half-reply'; readonly reply: Reply }
  | { readonly kind: 'close' }
  | { readonly kind: 'reset' };

/** What became of a call; `outcome` and `build` as in `ReceivedRequest`. */
export interface Decision {
  readonly outcome: string;
  readonly build: Build | null;
  readonly action: Action;
  /** When the action is due, in milliseconds; null: never. Default: at once. */
  readonly afterMs?: number | null;
}

/** Who may call, and where the builds are counted, planned and recorded. */
export interface Service extends Tenant {
  readonly builds: BuildCounter;
  readonly records: RecordedBuild[];
  /** What becomes of the builds to come, the next one first; without one it is as usual. */
  readonly plans: BuildPlan[];
}

type Effect = Omit<Decision, 'build'>;

/** Plays a fault on a call. Starts the build if there is to be one, and does nothing else. */
export function decide(fault: Fault, call: Call, service: Service): Decision {
  const outcome = fault.kind;
  switch (fault.kind) {
    case 'none':
      return onceBuilt(call, service, (build, by) => {
        const reply = by === 'execute' ? wrappedReply(build) : flatReply(build);
        return { outcome: 'built', action: answer(reply) };
      });
    case 'slow':
      return { ...decide({ kind: 'none' }, call, service), afterMs: fault.ms };
    case 'wrapped':
      return onceBuilt(call, service, (build) => ({ outcome, action: answer(wrappedReply(build)) }));
    case 'cut-body':
      return onceBuilt(call, service, (build) => {
        return { outcome, action: { kind: 'half-reply', reply: flatReply(build) } };
      });
    case 'lost-reply':
      return onceBuilt(call, service, () => ({ outcome, action: { kind: 'close' } }));
    case 'hang': {
      const effect: Effect = { outcome, action: { kind: 'close' }, afterMs: fault.ms ?? null };
      return fault.built ? onceBuilt(call, service, () => effect) : { ...effect, build: null };
    }
    case 'refuse':
    case 'reset-before-reply':
      return { outcome, build: null, action: { kind: 'reset' } };
    default: {
      const effect: Effect = { outcome, action: answer(faultReply(fault, call.requestId)) };
      const built = fault.kind === 'status' && fault.built;
      return built ? onceBuilt(call, service, () => effect) : { ...effect, build: null };
    }
  }
}

function onceBuilt(
  call: Call,
  service: Service,
  effectOf: (build: Build, by: Route['call']) => Effect,
): Decision {
  const admission = admit(call, service);
  if (admission.kind === 'refused') {
    const { error } = admission;
    return { outcome: error.code, build: null, action: answer(errorReply(error, call.requestId)) };
  }
  const at = new Date();
  const build = service.builds.start(admission.jobId, at);
  const plan = service.plans.shift() ?? USUAL_PLAN;
  service.records.push({ build, startedAt: at.getTime(), plan, stoppedAt: null, ...sourceOf(call.body) });
  return { ...effectOf(build, admission.call), build };
}

function answer(reply: Reply): Action {
  return { kind: 'reply', reply };
}

/** As documented of both calls; `execute` was seen to answer with `wrappedReply` (codearts-api.md, section 4). */
function flatReply(build: Build): Reply {
  return jsonReply(200, numbers(build));
}

function wrappedReply(build: Build): Reply {
  return jsonReply(200, { result: numbers(build), status: 'success' });
}

function numbers({ jobName, number, dailyNumber }: Build) {
  return { octopus_job_name: jobName, actual_build_number: number, daily_build_number: dailyNumber };
}
