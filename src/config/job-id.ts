import { t } from '../core/translate.ts';

/**
 * A job's id in whatever the user pasted: the id itself, or the address of the task's page. What follows `project/`
 * there is the id of the project, which looks alike.
 */
export const JOB_ID = /(?:^|[/=])(?<!\bproject\/)([0-9A-Za-z]{32})(?=$|[/?#&])/;

const EVERY_ID = new RegExp(JOB_ID, 'g');
const PAGE_HOST = /^https?:\/\/[^/?#@]*?\b(?<region>[a-z]+(?:-[a-z]+)+-\d+)\.[^/?#@]*(?:[/?#]|$)/;

/**
 * The id in what was pasted, or null: exactly 32 letters and digits, alone or in an address. In that of a page of
 * CodeArts Build it is the first one after `cloudbuild/`; in another address the last one.
 */
export function jobIdIn(text: string): string | null {
  const found = [...text.matchAll(EVERY_ID)];
  const start = text.indexOf('/cloudbuild/');
  const match = (start === -1 ? undefined : found.find(({ index }) => index > start)) ?? found.at(-1);
  return match?.[1] ?? null;
}

/** Whether it is the address of a page, and not an id or a name. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What is wrong with a text in which `jobIdIn` finds nothing. */
export function jobIdProblem(text: string): string {
  return isAddress(text)
    ? t`has no id of a job; open the build task in the console, and copy the address of that page`
    : t`must be a job id of 32 letters and digits, or the address of the task`;
}

/** The region that the address of a page tells; null: it tells none. */
export function regionIn(address: string): string | null {
  return PAGE_HOST.exec(address)?.groups?.['region'] ?? null;
}
