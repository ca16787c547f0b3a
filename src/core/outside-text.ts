import { redact } from './redact.ts';

/** Text of the service that is kept or shown: one line, no control characters, no secret that we know, no end of it. */
export function outsideText(text: string, limit: number): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const line = redact(text).replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  return line.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}
