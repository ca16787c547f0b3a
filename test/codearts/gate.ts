import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Access, Authorizer } from '../../src/codearts/authorize.ts';
import { triggerRequest } from '../../src/codearts/trigger.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/config/preference-values.ts';
import type { Env } from '../../src/platform/effects.ts';
import type { HttpResult } from '../../src/platform/http.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { JOB, startSandbox } from '../sandbox/running-sandbox.ts';

/** A user with a home of his own, and the service. */
export interface TestGate {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly log: string[];
  /** What a new process of that user has; the sandbox is its own endpoint, and its own IAM. */
  readonly process: (env?: Env, preferences?: Partial<Preferences>, clockOffsetMs?: number) => Authorizer;
  /** Asks for a build as a process of that user. */
  readonly trigger: (authorizer: Authorizer) => Promise<HttpResult | Exclude<Access, { kind: 'ready' }>>;
  /** Methods and last parts of the paths of the requests so far, with the answers. */
  readonly requests: () => string[];
  readonly write: (path: string, text: string, mode?: number) => Promise<string>;
}

export async function startGate(options: SandboxOptions = {}): Promise<TestGate> {
  const sandbox = await startSandbox(options);
  const home = await scratchFolder();
  const log: string[] = [];
  const endpoint = sandbox.url;
  const target = { endpoint, iamUrl: sandbox.url, region: 'cn-north-4' };
  return {
    sandbox,
    home,
    log,
    process: (env = {}, preferences = {}, clockOffsetMs = 0) =>
      authorizerFor(
        endpoint,
        {
          PATH: process.env['PATH'],
          HOME: home,
          CODEARTS_HOOKS_ENDPOINT: sandbox.url,
          CODEARTS_HOOKS_IAM_ENDPOINT: sandbox.url,
          ...env,
        },
        {
          preferences: { ...DEFAULT_PREFERENCES, ...preferences },
          own: { endpoint, iamUrl: sandbox.url },
          clock: { now: () => Date.now() + clockOffsetMs, sleep: waitABit },
          log: async (line) => {
            log.push(line);
          },
        },
      ),
    trigger: async (authorizer) => {
      const access = await authorizer.access(target);
      return access.kind === 'ready' ? await access.send(triggerRequest(endpoint, JOB, {})) : access;
    },
    requests: () =>
      sandbox
        .requests()
        .map(({ method, path, status }) => `${method} ${path.split('?')[0]?.split('/').at(-1)} ${status}`),
    write: async (path, text, mode = 0o600) => {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, text, { mode });
      return file;
    },
  };
}

async function waitABit(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A key that nobody knows. */
export const WRONG_KEY: Env = { HUAWEICLOUD_SDK_AK: 'AKWRONG0001', HUAWEICLOUD_SDK_SK: 'SKWRONG0001' };

/** The environment of a user with the sandbox's key. */
export function keyEnv({ ak, sk }: Sandbox): Env {
  return { HUAWEICLOUD_SDK_AK: ak, HUAWEICLOUD_SDK_SK: sk };
}

/** The environment of a user with a name and a password. */
export function userEnv({ user }: Sandbox): Env {
  return { HW_USER_NAME: user.name, HW_USER_PASSWORD: user.password, HW_DOMAIN_NAME: user.domain };
}
