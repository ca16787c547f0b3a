import { isObject } from './is-object.ts';

type Field = readonly [name: string, value: unknown];

const isText = (value: unknown) => typeof value === 'string';
const isCommitId = (value: unknown) => typeof value === 'string' && /^[A-Za-z0-9]{40}$/.test(value);
const COMMIT_ID = '40 letters or digits';

/**
 * Looks for what `auto-execute` refuses in a body (codearts-api.md, section 1). Every field is optional and unknown
 * ones are ignored, but a field that is there must have the right type; a commit needs both its id and its message.
 *
 * @param body the parsed JSON, or text that was not JSON
 * @returns what is wrong first, naming the field (`commits[2].id must be 40 letters or digits`), or null
 */
export function findBodyProblem(body: unknown): string | null {
  if (!isObject(body)) return 'the body must be a JSON object';
  for (const field of Object.entries(body)) {
    const problem = findFieldProblem(field);
    if (problem !== null) return problem;
  }
  return null;
}

function findFieldProblem([name, value]: Field): string | null {
  switch (name) {
    case 'event_type':
      return value === 'push' || value === 'push_events' ? null : 'event_type must be push or push_events';
    case 'ref':
      return isText(value) ? null : 'ref must be a string';
    case 'before':
    case 'after':
      return isCommitId(value) ? null : `${name} must be ${COMMIT_ID}`;
    case 'commits':
      return findCommitsProblem(value);
    case 'repository':
      return findRepositoryProblem(value);
    default:
      return null;
  }
}

function findCommitsProblem(commits: unknown): string | null {
  if (!Array.isArray(commits)) return 'commits must be an array';
  for (const [index, commit] of (commits as unknown[]).entries()) {
    const name = `commits[${index}]`;
    if (!isObject(commit)) return `${name} must be an object`;
    if (!isCommitId(commit['id'])) return `${name}.id must be ${COMMIT_ID}`;
    if (!isText(commit['message'])) return `${name}.message must be a string`;
  }
  return null;
}

function findRepositoryProblem(repository: unknown): string | null {
  if (!isObject(repository)) return 'repository must be an object';
  const wrong = ['url', 'name'].find((key) => key in repository && !isText(repository[key]));
  return wrong === undefined ? null : `repository.${wrong} must be a string`;
}
