import { BUILD_RESULTS, type BuildPlan, USUAL_PLAN } from './build-life.ts';
import { isObject } from './is-object.ts';

/** setTimeout's limit, so that nobody asks for what nobody waits for. */
const MAX_MS = 2 ** 31 - 1;

/**
 * Checks the plans of builds to come, from outside: an array of `BuildPlan`, in which what is not named is as usual.
 *
 * @throws {TypeError} on the first thing wrong; it names the plan's index, from 0, and the field
 */
export function parsePlans(value: unknown): BuildPlan[] {
  if (!Array.isArray(value)) throw new TypeError('plans must be an array');
  return value.map((plan: unknown, index) => {
    if (!isObject(plan)) throw new TypeError(`plan ${index} must be an object`);
    const odd = Object.keys(plan).find((key) => !(key in USUAL_PLAN));
    if (odd !== undefined) throw new TypeError(`plan ${index} has no field ${JSON.stringify(odd)}`);
    const wrong = (field: string, expected: string) =>
      new TypeError(`plan ${index}: ${field} must be ${expected}`);
    const { queueMs, runMs, result, message, log } = { ...USUAL_PLAN, ...plan };
    if (!isDuration(queueMs)) throw wrong('queueMs', 'a whole number of milliseconds');
    if (!isDuration(runMs)) throw wrong('runMs', 'a whole number of milliseconds');
    if (!BUILD_RESULTS.includes(result)) throw wrong('result', `one of ${BUILD_RESULTS.join(', ')}`);
    if (typeof message !== 'string') throw wrong('message', 'a string');
    if (!isLines(log)) throw wrong('log', 'an array of strings');
    return { queueMs, runMs: result === 'SCHEDULE_FAILURE' ? 0 : runMs, result, message, log };
  });
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_MS;
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}
