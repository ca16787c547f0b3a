import { createBuildCounter } from './build-counter.ts';
import type { Gate } from './authenticate.ts';
import type { CatalogueJob } from './catalogue.ts';
import type { Service } from './decide.ts';
import type { Fault } from './faults.ts';
import { type Rules, USUAL_RULES, makeLedger } from './identities.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { BuildPlan, RecordedBuild } from './build-life.ts';
import type { HistoryAccess } from './record-list.ts';

/** What one sandbox knows and remembers. */
export interface SandboxState extends Service, Gate {
  /** In the order in which they were decided. */
  readonly requests: ReceivedRequest[];
  /** Those still to come; the next one first. */
  readonly faults: Fault[];
  readonly records: RecordedBuild[];
  readonly catalogue: readonly CatalogueJob[];
  historyAccess: HistoryAccess;
  rules: Rules;
  readonly onRequest: (request: ReceivedRequest) => void;
}

/** The state of a sandbox that has seen nothing. */
export function createState(
  options: Pick<SandboxState, 'identities' | 'jobs' | 'catalogue' | 'onRequest'>,
): SandboxState {
  return {
    ...options,
    rules: USUAL_RULES,
    ledger: makeLedger(),
    builds: createBuildCounter(),
    records: [],
    plans: [],
    historyAccess: 'open',
    requests: [],
    faults: [],
  };
}

/** Puts a script in the place of the one that is left. */
export function replaceFaults(state: SandboxState, faults: readonly Fault[]): void {
  state.faults.length = 0;
  for (const fault of faults) state.faults.push(fault);
}

/** Puts plans in the place of those that are left. */
export function replacePlans(state: SandboxState, plans: readonly BuildPlan[]): void {
  state.plans.length = 0;
  for (const plan of plans) state.plans.push(plan);
}

/** Forgets requests, builds, their plans, faults, issued tokens and failures. Connections that hang go on hanging. */
export function resetState(state: SandboxState): void {
  state.requests.length = 0;
  state.records.length = 0;
  state.historyAccess = 'open';
  state.rules = USUAL_RULES;
  state.ledger.issued.clear();
  state.ledger.failures.clear();
  state.builds.forget();
  replaceFaults(state, []);
  replacePlans(state, []);
}
