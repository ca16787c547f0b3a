import { triggerRequest } from '../../src/codearts/trigger.ts';
import { commandLine, nodeEffects } from '../../src/platform/node.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';

/** One of many: waits for a line, then asks for a build at `argv[0]` with the user of its environment. */
const [url = ''] = commandLine();
const { env, clock } = nodeEffects();

process.stdout.write('ready\n');
await new Promise((resolve) => {
  process.stdin.once('data', resolve);
});
const authorizer = authorizerFor(url, env, { clock, own: { endpoint: url, iamUrl: url } });
const access = await authorizer.access({ endpoint: url, iamUrl: url, region: 'cn-north-4' });
const result = access.kind === 'ready' ? await access.send(triggerRequest(url, 'f'.repeat(32), {})) : access;
process.stdout.write(`${'status' in result ? result.status : JSON.stringify(result)}\n`);
process.exit(0);
