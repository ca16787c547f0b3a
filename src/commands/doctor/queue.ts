import { t } from '../../core/translate.ts';
import { troublesOf } from '../remedies.ts';
import { queueProblems } from '../queue-health.ts';
import { type HistoryRow, type TrackedRow, readTrackedRows } from '../rows.ts';
import { type Check, type Finding, type Patient, fine, wrong } from './check.ts';

async function rowsIn({ state }: Patient, ...states: readonly HistoryRow['state'][]): Promise<TrackedRow[]> {
  return (await readTrackedRows(state.spools)).filter(({ row }) => states.includes(row.state));
}

/** The first trouble of them with its remedy, and how many there are. */
function troubled(tracked: readonly TrackedRow[]): Finding | null {
  const [first, ...more] = troublesOf(tracked);
  if (!first) return null;
  const { words, remedy } = first;
  return wrong(more.length === 0 ? words : t`${words}; more in codearts-hooks history`, remedy);
}

const held: Check = {
  name: 'held',
  async run(patient) {
    return troubled(await rowsIn(patient, 'held')) ?? fine(t`nothing is held`);
  },
};

const open: Check = {
  name: 'open',
  async run(patient) {
    const count = (await rowsIn(patient, 'ambiguous')).length;
    if (count === 0) return fine(t`no answer was lost`);
    const words =
      count === 1
        ? t`of 1 trigger the answer was lost; its build is looked for`
        : t`of ${count} triggers the answer was lost; their builds are looked for`;
    return wrong(words, 'codearts-hooks flush');
  },
};

const failed: Check = {
  name: 'failed',
  async run(patient) {
    return troubled(await rowsIn(patient, 'failed', 'expired')) ?? fine(t`nothing has failed, nor expired`);
  },
};

const unconfirmed: Check = {
  name: 'unconfirmed',
  async run(patient) {
    const count = (await rowsIn(patient, 'unconfirmed')).length;
    if (count === 0) return fine(t`no push is unconfirmed`);
    const words =
      count === 1
        ? t`of 1 push it is not known whether the remote took it`
        : t`of ${count} pushes it is not known whether the remote took them`;
    return wrong(words, 'codearts-hooks flush');
  },
};

const spool: Check = {
  name: 'queue',
  async run({ state }) {
    const [problem, ...more] = await queueProblems(state);
    if (problem === undefined) return fine(t`its files are in order`);
    const { words, remedy } = problem;
    return wrong(more.length === 0 ? words : t`${words}, and ${more.length} more`, remedy);
  },
};

export const QUEUE: readonly Check[] = [held, open, failed, unconfirmed, spool];
