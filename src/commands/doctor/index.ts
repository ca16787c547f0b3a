import type { Check } from './check.ts';
import { INSTALLATION } from './installation.ts';
import { QUEUE } from './queue.ts';
import { RUNTIME } from './runtime.ts';
import { SETTINGS } from './settings.ts';
import { SWITCHES } from './switches.ts';

/** What has to be in order for a push to be seen, in the order in which it comes into play. */
export const BEFORE_SENDING: readonly Check[] = [...INSTALLATION, ...RUNTIME, ...SWITCHES, ...SETTINGS];

/** What has been seen, and waits or has failed. Between the two are the checks of access-checks.ts. */
export const AFTER_SENDING: readonly Check[] = QUEUE;
