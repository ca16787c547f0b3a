import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSpool } from '../../src/spool/health.ts';
import { saveEvent } from '../../src/spool/shelves.ts';
import { type Spool, openSpool, unwritableFolders } from '../../src/spool/spool.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function makeSpool(): Promise<Spool> {
  return await openSpool(join(await scratchFolder(), 'codearts-hooks'));
}

test('of a spool that is as it should be, nothing is named', async () => {
  const spool = await makeSpool();
  await saveEvent(spool, pushEvent(1));
  await writeFile(join(spool.root, 'notes', '1.2'), 'a note');

  expect(await checkSpool(spool)).toEqual({ unwritable: [], unreadable: [], quarantined: [] });
});

test('what was put aside is named, and what cannot be read; what is gone by now is not', async () => {
  const spool = await makeSpool();
  const [bad, circle, gone] = ['bad/00000001-000000000001', 'in/1.3', 'notes/1.2'].map((name) =>
    join(spool.root, name),
  ) as [string, string, string];
  await writeFile(bad, 'half');
  await symlink(circle, circle);
  await symlink('nowhere', gone);

  expect(await checkSpool(spool)).toEqual({ unwritable: [], unreadable: [circle], quarantined: [bad] });
});

test('folders that cannot be written to are named; one that is not there can be made', async () => {
  const spool = await makeSpool();
  for (const name of ['q', 'done', 'dead']) await rm(join(spool.root, name), { recursive: true });
  await writeFile(join(spool.root, 'q'), 'no folder', { mode: 0o600 });
  await symlink('done', join(spool.root, 'done'));

  expect(await unwritableFolders(spool)).toEqual([join(spool.root, 'q'), join(spool.root, 'done')]);
});

test('another failure of the system is no verdict', async () => {
  const root = join(await scratchFolder(), 'x'.repeat(300));

  await expect(unwritableFolders({ root })).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
});

test('a spool of a newer version is left as it is', async () => {
  const root = join(await scratchFolder(), 'codearts-hooks');
  await mkdir(root);
  await writeFile(join(root, 'v'), '2\n');

  await expect(openSpool(root)).rejects.toThrow(
    `the queue in ${root} is of version "2", which this codearts-hooks does not know: install a newer one`,
  );
  await expect(checkSpool({ root })).resolves.toMatchObject({ quarantined: [] });
});

test('a spool whose version is not written down is taken for one of ours', async () => {
  const spool = await makeSpool();
  await writeFile(join(spool.root, 'v'), '\n');

  await expect(openSpool(spool.root)).resolves.toEqual(spool);
});
