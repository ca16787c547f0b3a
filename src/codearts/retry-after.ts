const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
};

/**
 * How long the service asks us to wait, in milliseconds: `Retry-After` in seconds or as a date, else the
 * `time:` of the gateway's throttling message, else a minute for a 429. At most a day; nonsense counts as none.
 */
export function retryAfterMs(reply: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}): number {
  const header = reply.headers['retry-after']?.trim() ?? '';
  const floor = reply.status === 429 ? 60_000 : 0;
  if (/^\d+$/.test(header)) return clamp(Number(header) * 1000);
  // Date.parse finds a date in `-5` and `1.5`, too.
  const date = /^[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : Number.NaN;
  const now = Date.parse(reply.headers['date'] ?? '');
  if (!Number.isNaN(date) && !Number.isNaN(now)) return clamp(date - now);
  const [, count, unit] = /\btime:\s*(\d+)\s*(second|minute|hour|day)/i.exec(reply.text) ?? [];
  if (count && unit) return Math.max(floor, clamp(Number(count) * (UNIT_MS[unit.toLowerCase()] ?? 0)));
  return floor;
}

function clamp(ms: number): number {
  return Math.min(Math.max(0, ms), DAY_MS);
}
