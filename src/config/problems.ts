import type { ParseError } from 'jsonc-parser';
import { t } from '../core/translate.ts';
import type { Finding } from './validate.ts';

/** Something wrong with the config file, as `status --json` shows it. Line and column count from 1. */
export interface Problem {
  /** The key, `jobs[0].id`; '' for the file as a whole. */
  readonly key: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Puts findings in their places in the text; a text that is no JSON gives the place where it stops being it.
 *
 * @param text not nested too deep (core/nesting.ts)
 */
export async function locate(text: string, findings: readonly Finding[]): Promise<Problem[]> {
  // Only a file with something wrong in it pays for this.
  const { findNodeAtLocation, parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowEmptyContent: false });
  const first = errors[0];
  if (first && findings.length === 0) {
    return [
      {
        key: '',
        ...placeOf(text, first.offset),
        message: t`not valid JSON: ${words(printParseErrorCode(first.error))}`,
      },
    ];
  }
  if (!tree) return findings.map(({ path, message }) => ({ key: dotted(path), line: 1, column: 1, message }));
  return findings.map(({ path, message }) => {
    let offset = 0;
    for (let length = path.length; length >= 0; length -= 1) {
      const node = findNodeAtLocation(tree, path.slice(0, length));
      if (!node) continue;
      // The key rather than its value, where there is one.
      offset = node.parent?.type === 'property' ? node.parent.offset : node.offset;
      break;
    }
    return { key: dotted(path), ...placeOf(text, offset), message };
  });
}

function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function dotted(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

/** Line and column of an offset in a text; both count from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
