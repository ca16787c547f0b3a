import { makeBell } from '../../src/delivery/bell.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { commandLine, nodeEffects } from '../../src/platform/node.ts';
import { openSpool } from '../../src/spool/spool.ts';

/** What tests run beside them: delivers the spool `argv[0]` to the endpoint `argv[1]` with the token `argv[2]`. */
const [root = '', endpoint = '', token = ''] = commandLine();
const { clock, random } = nodeEffects();
const stayUntil = clock.now() + 60_000;
const options = { endpoint, isWake: true, stayUntil, patienceMs: 60_000, bell: makeBell() };

process.stdout.write('ready\n');
await deliver(await openSpool(root), options, { env: { CODEARTS_HOOKS_TOKEN: token }, clock, random });
