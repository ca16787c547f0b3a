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
  const rest = more.length === 0 ? '' : `; ${more.length} more kinds: codearts-hooks history`;
  return wrong(`${first.words}${rest}`, first.remedy);
}

const held: Check = {
  name: 'held',
  async run(patient) {
    return troubled(await rowsIn(patient, 'held')) ?? fine('nothing is held');
  },
};

const open: Check = {
  name: 'open',
  async run(patient) {
    const count = (await rowsIn(patient, 'ambiguous')).length;
    if (count === 0) return fine('no answer was lost');
    return wrong(
      `of ${count} triggers the answer was lost; their builds are looked for`,
      'codearts-hooks flush',
    );
  },
};

const failed: Check = {
  name: 'failed',
  async run(patient) {
    return troubled(await rowsIn(patient, 'failed', 'expired')) ?? fine('nothing has failed');
  },
};

const unconfirmed: Check = {
  name: 'unconfirmed',
  async run(patient) {
    const rows = await rowsIn(patient, 'unconfirmed');
    return rows.length === 0
      ? fine('no push is unconfirmed')
      : wrong(
          `of ${rows.length} pushes it is not known whether the remote took them`,
          'codearts-hooks flush',
        );
  },
};

const spool: Check = {
  name: 'queue',
  async run({ state }) {
    const [problem, ...more] = await queueProblems(state);
    if (problem === undefined) return fine('its files are in order');
    const [detail = problem, remedy = 'look into that folder'] = problem.split(/[:;] (?=sudo |look )/);
    return wrong(more.length === 0 ? detail : `${detail}, and ${more.length} more`, remedy);
  },
};

export const QUEUE: readonly Check[] = [held, open, failed, unconfirmed, spool];
