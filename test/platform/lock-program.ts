import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { commandLine, nodeEffects } from '../../src/platform/node.ts';
import { tryLock, waitForLock } from '../../src/platform/lock.ts';

/**
 * What tests of the lock run beside them, on the lock in the folder `argv[1]`:
 * `take`: for each line of input, takes the lock and keeps it, or asks whether it is held; prints what came of it;
 * `count`: adds 1 to the number in `counter` as often as `argv[2]` says, each time with the lock.
 */
const [mode, folder = '', times = '0'] = commandLine();
const { clock } = nodeEffects();

if (mode === 'count') {
  const counter = join(folder, '..', 'counter');
  for (let n = 0; n < Number(times); n += 1) {
    const lock = await waitForLock(folder, clock, 60_000);
    if (!lock) throw new Error('waited in vain for the lock');
    await writeFile(counter, String(Number(await readFile(counter, 'utf8')) + 1));
    await lock.release();
  }
} else {
  process.stdout.write('ready\n');
  let lock: Awaited<ReturnType<typeof tryLock>> = null;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'take') {
      lock = await tryLock(folder, clock);
      process.stdout.write(lock ? 'taken\n' : 'refused\n');
    } else {
      process.stdout.write((await lock?.isHeld()) ? 'held\n' : 'lost\n');
    }
  }
}
