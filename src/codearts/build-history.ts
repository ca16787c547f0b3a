import { isRecord, stringAt } from '../core/record.ts';
import { stored } from '../core/translate.ts';
import type { HttpRequest, HttpResult } from '../platform/http.ts';
import { userAgent } from './trigger.ts';
import { type ReadFailure, type ReadWords, readResult } from './read-result.ts';

/** A build that the service has recorded; null for what its record does not say. */
export interface BuildRecord {
  readonly number: string;
  readonly dailyNumber: string;
  readonly commitId: string | null;
  /** A branch or a tag, without `refs/...`. */
  readonly branch: string | null;
  /** Milliseconds since 1970, by the service's clock. */
  readonly startedAt: number | null;
}

/** What the service says of the builds of a job. */
export type BuildHistory =
  | {
      readonly kind: 'builds';
      readonly builds: readonly BuildRecord[];
      /** The service's clock, milliseconds since 1970; null when the reply does not tell. */
      readonly serverTime: number | null;
    }
  | ReadFailure;

/** Sends a request with the credentials that belong to it. */
export type Send = (request: HttpRequest) => Promise<HttpResult>;

const DAY_MS = 86_400_000;
const MONTH_MS = 28 * DAY_MS;
// A record has about a kilobyte, a reply may have 64.
const PAGE_SIZE = 20;
const PAGES_AT_MOST = 25;

/** Where a job's history is, and from when on it is wanted: milliseconds since 1970, by our clock. */
export interface HistoryQuery {
  readonly endpoint: string;
  readonly jobId: string;
  readonly sinceMs: number;
  readonly nowMs: number;
}

/**
 * Reads the builds of a job since `sinceMs`, `GET /v1/record/{job_id}/list` (codearts-api.md section 4). The
 * service reads times as the wall clock of its region, so that a day more is asked for on both sides. When our
 * clock turns out to be off by more than half a day, it is asked again by the service's.
 */
export async function readBuildHistory(query: HistoryQuery, send: Send): Promise<BuildHistory> {
  const found = await readPages(query, send);
  const offset = found.kind === 'builds' && found.serverTime !== null ? found.serverTime - query.nowMs : 0;
  if (Math.abs(offset) < DAY_MS / 2) return found;
  const { sinceMs, nowMs } = query;
  return await readPages({ ...query, sinceMs: sinceMs + offset, nowMs: nowMs + offset }, send);
}

async function readPages(query: HistoryQuery, send: Send): Promise<BuildHistory> {
  const builds: BuildRecord[] = [];
  let serverTime: number | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const url = pageUrl(query, page);
    const found = judgePage(await send({ method: 'GET', url, headers: { 'user-agent': userAgent() } }));
    if (found.kind !== 'builds') return found;
    builds.push(...found.builds);
    serverTime = found.serverTime;
    if (found.builds.length < PAGE_SIZE) break;
  }
  return { kind: 'builds', builds, serverTime };
}

function pageUrl({ endpoint, jobId, sinceMs, nowMs }: HistoryQuery, page: number): string {
  const to = Math.max(sinceMs, nowMs);
  // No more than the 31 days that the service takes, however wrong a clock was.
  const from = Math.max(Math.min(sinceMs, nowMs), to - MONTH_MS);
  const query = new URLSearchParams({
    start_time: wallClock(from - DAY_MS),
    end_time: wallClock(to + DAY_MS),
    page_index: String(page),
    page_size: String(PAGE_SIZE),
  });
  return `${endpoint}/v1/record/${encodeURIComponent(jobId)}/list?${query.toString()}`;
}

function wallClock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

const WORDS: ReadWords = {
  unread: (code) => stored`the build history could not be read (${code})`,
  answers: (what, status) =>
    what === ''
      ? stored`the build history answers (HTTP ${status})`
      : stored`the build history answers ${what} (HTTP ${status})`,
};

function judgePage(answer: HttpResult): BuildHistory {
  const read = readResult(answer, WORDS);
  if (read.kind !== 'result') return read;
  const states = read.result['job_build_states'];
  if (!Array.isArray(states)) {
    return { kind: 'unreachable', reason: WORDS.answers('', 200), afterMs: 0 };
  }
  const date = Date.parse(read.headers['date'] ?? '');
  const builds = states.flatMap((each) => recordOf(each) ?? []);
  return { kind: 'builds', builds, serverTime: Number.isNaN(date) ? null : date };
}

function recordOf(value: unknown): BuildRecord | null {
  if (!isRecord(value)) return null;
  const number = value['number'] ?? value['build_number'];
  if (typeof number !== 'number' && typeof number !== 'string') return null;
  const startedAt = Number(value['start_time'] ?? Number.NaN);
  return {
    number: String(number),
    dailyNumber: stringAt(value, 'daily_build_number') ?? '',
    commitId: stringAt(value, 'commit_id'),
    branch: (stringAt(value, 'code_branch') ?? '').replace(/^refs\/(?:heads|tags)\//, '') || null,
    startedAt: Number.isFinite(startedAt) ? startedAt : null,
  };
}
