import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { follow } from '../../src/commands/watch/follow.ts';
import { watchItem } from '../../src/commands/watch/item.ts';
import { endWords } from '../../src/commands/watch/words.ts';
import { saveEvent, settleEvent } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { fileName } from '../../src/spool/stored-event.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function followFrom(meanwhile: (root: string) => Promise<void>) {
  const spool = await openSpool(join(await scratchFolder(), 'codearts-hooks'));
  await saveEvent(spool, pushEvent(1));
  const item = watchItem(pushEvent(1));
  await follow(item, {
    spools: [spool],
    authorizer: authorizerFor(null, {}),
    now: () => 0,
    wait: () => meanwhile(spool.root),
    isStopped: () => false,
    changed: () => undefined,
    log: null,
  });
  return item;
}

test('a trigger whose file disappears is not said to have ended', async () => {
  const item = await followFrom((root) => rm(join(root, 'q', fileName(pushEvent(1)))));

  expect(item).toMatchObject({ end: 'pending' });
  expect(endWords(item, 0)).toBe('its state cannot be read: its file is gone, or cannot be read');
});

test('one that is superseded meanwhile has no build', async () => {
  const reason = 'its ref was deleted later';
  const item = await followFrom((root) =>
    settleEvent({ root }, pushEvent(1, { state: 'superseded', reason })),
  );

  expect(item).toMatchObject({ end: 'nothing', event: { state: 'superseded' } });
  expect(endWords(item, 0)).toBe('no build: its ref was deleted later');
});
