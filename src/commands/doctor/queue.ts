import { queueProblems } from '../queue-health.ts';
import { type HistoryRow, readRows } from '../rows.ts';
import { type Check, type Patient, fine, wrong } from './check.ts';

async function rowsIn({ state }: Patient, ...states: readonly HistoryRow['state'][]): Promise<HistoryRow[]> {
  return (await readRows(state.spools)).filter((row) => states.includes(row.state));
}

const held: Check = {
  name: 'held',
  async run(patient) {
    const rows = await rowsIn(patient, 'held', 'ambiguous');
    const [first] = rows;
    if (!first) return fine('nothing is held');
    return wrong(
      `${rows.length} held: ${first.reason ?? first.state}`,
      'mend that, then codearts-hooks flush',
    );
  },
};

const failed: Check = {
  name: 'failed',
  async run(patient) {
    const rows = await rowsIn(patient, 'failed', 'expired');
    const [first] = rows;
    if (!first) return fine('nothing has failed');
    return wrong(`${rows.length} failed: ${first.reason ?? first.state}`, `codearts-hooks show ${first.id}`);
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

export const QUEUE: readonly Check[] = [held, failed, unconfirmed, spool];
