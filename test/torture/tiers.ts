/** Whether this is `npm run torture`; `npm test` runs the same tests in a short form. */
export const IS_FULL: boolean = process.env['TORTURE'] === 'full';

/** Trials wait for processes more than they compute. */
const SIDE_BY_SIDE = 4;

/**
 * Goes on with trials 1, 2, 3, ... (`stride` apart in the short form) until one finds nothing more to do.
 *
 * @param trial gives what it has done, or null: there is no such step any more
 * @returns what the trials have done
 */
export async function trials(
  stride: number,
  trial: (n: number) => Promise<string | null>,
): Promise<readonly string[]> {
  const step = IS_FULL ? 1 : stride;
  const done: string[] = [];
  for (let first = 1; ; first += step * SIDE_BY_SIDE) {
    const numbers = Array.from({ length: SIDE_BY_SIDE }, (_, index) => first + index * step);
    const found = await Promise.all(numbers.map(async (n) => await trial(n)));
    done.push(...found.filter((each) => each !== null));
    if (found.includes(null)) return done;
  }
}
