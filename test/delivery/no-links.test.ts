import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { makeProgram, startProgram } from '../fixtures/program.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { makePostOffice } from './post-office.ts';

/** Has the system refuse hard links, as FAT does. */
const WITHOUT_LINKS = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=link,linkat'];

test.skipIf(lacks('strace'))(
  'on a file system without hard links one process at a time delivers all the same',
  async () => {
    const office = await makePostOffice();
    await office.put(12, (seq) => ({ ref: `refs/heads/b${seq % 3}` }));
    const program = await makeProgram('test/delivery/deliver-program.ts');
    const by = [...WITHOUT_LINKS, '-e', 'inject=link,linkat:error=EPERM'];

    const args = [office.spool.root, office.sandbox.url, office.sandbox.token];
    const running = Array.from({ length: 3 }, () => startProgram(program, args, { by }));
    await Promise.all(running.map(({ ended }) => ended));

    expect(running.map(({ child }) => child.exitCode)).toEqual([0, 0, 0]);
    expect(new Set(await office.states())).toEqual(new Set(['delivered']));
    expect(office.sandbox.requests()).toHaveLength(12);
    const locks = await readdir(lockFolder(office.spool));
    expect(locks.filter((name) => name.includes('draft'))).toEqual([]);
    expect(await readdir(join(office.spool.root, 'q'))).toEqual([]);
  },
);
