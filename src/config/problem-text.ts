import { stored } from '../core/translate.ts';
import { cutText, withoutControls } from '../core/without-controls.ts';
import type { LoadedConfig } from './load.ts';
import type { Problem } from './problems.ts';

/** Both may be as long as the file. */
const [KEY_LIMIT, MESSAGE_LIMIT] = [100, 300];

/**
 * A problem of a config in words, on one line: `codearts-hooks.json:3:5: jobs[0].id must be ...`. Keys and what is
 * quoted of values are the author's of a branch: nothing in it can do anything to a terminal.
 */
export function problemText(path: string, { key, line, column, message }: Problem): string {
  const name = key === '' ? '' : `${cutText(withoutControls(key), KEY_LIMIT)} `;
  return `${path}:${line}:${column}: ${name}${cutText(withoutControls(message), MESSAGE_LIMIT)}`;
}

/** What keeps a config that is there from being valid, in words, with its place; English where it is not a library's. */
export function whyInvalid({ path, problems }: LoadedConfig): string {
  const [first] = problems;
  const file = path ?? '';
  return first ? problemText(file, first) : stored`${file} is not valid`;
}
