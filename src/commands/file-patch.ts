import { createTwoFilesPatch } from 'diff';

/** The change of a file as a unified diff. @param before null: it is not there */
export function filePatch(name: string, before: string | null, after: string): string {
  const from = before === null ? '/dev/null' : `a/${name}`;
  const text = createTwoFilesPatch(from, `b/${name}`, before ?? '', after, undefined, undefined, {
    context: 3,
  });
  return text.replace(/^=+\n/, '');
}
