import type { HistoryRow } from '../../src/commands/rows.ts';
import type { World } from '../fixtures/world.ts';

/** All pushes, oldest first, once nothing is left to do. */
export async function settledHistory(world: World): Promise<HistoryRow[]> {
  await world.settled();
  const { stdout } = await world.cli(['history', '--json', '-n', '5000']);
  return (JSON.parse(stdout) as HistoryRow[]).toReversed();
}

/** What git itself prints of a push of `main`, and nothing of ours. */
export const GIT_OUTPUT: RegExp = /^To \.\.\/remote\.git\n +[0-9a-f]+\.\.[0-9a-f]+ +main -> main\n$/;
