import { styleText } from 'node:util';

export type Format = Parameters<typeof styleText>[0];

/** Paints text, or leaves it as it is where colour is not wanted. */
export type Paint = (format: Format, text: string) => string;

/** A paint for an output: colour on a terminal alone, and never with NO_COLOR or `--no-color`. */
export function paintFor(
  isTTY: boolean,
  env: Readonly<Record<string, string | undefined>>,
  isAllowed: boolean,
): Paint {
  if (!isTTY || !isAllowed || env['NO_COLOR'] || env['TERM'] === 'dumb') return (_, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
