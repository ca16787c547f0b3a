import { t } from '../core/translate.ts';

/** How long something took, or takes: `7 s`, `3 min 20 s`, `1 h 05 min`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1000), 0);
  if (seconds < 60) return t`${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t`${minutes} min ${two(seconds % 60)} s`;
  return t`${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
