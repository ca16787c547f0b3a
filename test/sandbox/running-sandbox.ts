import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

/** A job id of the right shape, the documentation's own example. */
export const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';

/** A sandbox that is closed when the test ends. */
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Asks for a build of `JOB`; `init` replaces parts of an ordinary request, and follows no redirection. */
export function trigger(
  { url, token }: Sandbox,
  init: RequestInit & { job?: string } = {},
): Promise<Response> {
  const { job = JOB, ...rest } = init;
  const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
  return fetch(`${url}/v1/job/${job}/auto-execute`, {
    method: 'POST',
    headers,
    body: '{}',
    redirect: 'manual',
    ...rest,
  });
}

/** The code of the failure below a rejected `fetch` (`ECONNRESET`, `UND_ERR_SOCKET`), null if it does not reject. */
export async function failureOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
    return null;
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    return cause?.code ?? error;
  }
}
