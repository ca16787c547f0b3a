import { join } from 'node:path';
import { runCached } from '../platform/code-cache.ts';

// What the shims start: a bundle of its own, which is read in no time, and runs the other.
runCached(join(import.meta.dirname, 'runner.cjs'), import.meta.dirname, 'push');
