import { join } from 'node:path';
import type { World } from '../fixtures/world.ts';

/** The environment without any credentials; IAM is the sandbox too. */
export function bare({ env, sandbox }: World): Record<string, string> {
  const { CODEARTS_HOOKS_TOKEN: _token, ...rest } = env;
  return { ...rest, CODEARTS_HOOKS_IAM_ENDPOINT: sandbox.url };
}

/** Where `login` stores them without a key store. */
export function credentialsPath({ env }: World): string {
  return join(env['HOME'] ?? '', '.config', 'codearts-hooks', 'credentials.json');
}

/** The sandbox's key, as `login --stdin` takes it. */
export function keyLines({ sandbox }: World): string {
  return `ak=${sandbox.ak}\nsk=${sandbox.sk}\n`;
}

/** A push that waits for credentials; gives its commit. */
export async function heldPush(world: World, env: Record<string, string>): Promise<string> {
  const after = await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  await world.settled();
  return after;
}
