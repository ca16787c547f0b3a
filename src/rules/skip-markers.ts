import { t } from '../core/translate.ts';
import type { Check } from './check.ts';

/** Whether the message of the newest commit asks for no build. */
export function checkMessage(markers: readonly string[], message: string): Check {
  const lower = message.toLowerCase();
  const index = markers.findIndex((marker) => lower.includes(marker.toLowerCase()));
  const isPassed = index < 0;
  const detail = isPassed
    ? t`the newest commit asks for a build`
    : t`the newest commit says ${JSON.stringify(markers[index])}`;
  return { key: 'skip-markers', index: isPassed ? null : index, isPassed, detail };
}
