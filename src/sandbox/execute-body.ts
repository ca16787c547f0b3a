import { isObject } from './is-object.ts';

/** What each kind of build must be told, by `build_type`. */
const NEEDED: ReadonlyMap<unknown, string> = new Map([
  ['branch', 'branch'],
  ['tag', 'build_tag'],
  ['commitId', 'build_commit_id'],
]);

/**
 * Looks for what `execute` refuses in a body (codearts-api.md, section 4). The job id is looked at elsewhere; the rest
 * is optional, and unknown fields are ignored.
 *
 * @param body the parsed JSON, or text that was not JSON
 * @returns what is wrong first, naming the field, or null
 */
export function findExecuteProblem(body: unknown): string | null {
  if (!isObject(body)) return 'the body must be a JSON object';
  return findParameterProblem(body['parameter']) ?? findScmProblem(body['scm']);
}

function findParameterProblem(parameter: unknown): string | null {
  if (parameter === undefined) return null;
  if (!Array.isArray(parameter)) return 'parameter must be an array';
  for (const [index, one] of (parameter as unknown[]).entries()) {
    const isGood = isObject(one) && typeof one['name'] === 'string' && typeof one['value'] === 'string';
    if (!isGood) return `parameter[${index}] must have a name and a value, both strings`;
  }
  return null;
}

function findScmProblem(scm: unknown): string | null {
  if (scm === undefined) return null;
  if (!isObject(scm)) return 'scm must be an object';
  const needed = NEEDED.get(scm['build_type']);
  if (needed === undefined) return 'scm.build_type must be branch, tag or commitId';
  const value = scm[needed];
  if (typeof value !== 'string' || value === '') return `scm.${needed} must be a string`;
  if (needed === 'build_commit_id' && !/^[0-9a-f]{40}$/.test(value)) {
    return 'scm.build_commit_id must be 40 hexadecimal digits';
  }
  return null;
}
