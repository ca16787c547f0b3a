import { makeBell } from '../../src/delivery/bell.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { commandLine, nodeEffects } from '../../src/platform/node.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';

/**
 * What tests run beside them: delivers the spool `argv[0]` to the endpoint `argv[1]` with the token `argv[2]`, and
 * stays for retries `argv[3]` milliseconds, a minute by default.
 */
const [root = '', endpoint = '', token = '', stayMs = '60000'] = commandLine();
const { clock, random } = nodeEffects();
const stayUntil = clock.now() + Number(stayMs);
const authorizer = authorizerFor(endpoint, { CODEARTS_HOOKS_TOKEN: token });
const options = { authorizer, isWake: true, stayUntil, patienceMs: 60_000, bell: makeBell() };

process.stdout.write('ready\n');
await deliver(await openSpool(root), options, { clock, random });
