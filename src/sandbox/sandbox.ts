import type { Server } from 'node:http';
import type { BuildPlan } from './build-life.ts';
import { type CatalogueJob, catalogueOf } from './catalogue.ts';
import type { Fault } from './faults.ts';
import { type Identities, type Rules, makeIdentities } from './identities.ts';
import { parseFaults } from './parse-faults.ts';
import { parsePlans } from './parse-plans.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { HistoryAccess } from './record-list.ts';
import { createState, replaceFaults, replacePlans, resetState } from './sandbox-state.ts';
import { isControl, serveControl } from './serve-control.ts';
import { serveRequest } from './serve-request.ts';

export type { ReceivedRequest };

/** How a sandbox differs from the usual one. */
export interface SandboxOptions {
  /** Of 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** The ids of the jobs that exist. Default: every id of 32 letters or digits. */
  readonly jobs?: readonly string[];
  /** What the list of jobs has. Default: those of `jobs`, or one. */
  readonly catalogue?: readonly CatalogueJob[];
  /** The one valid `X-Auth-Token`. Default: random, `sandbox-` and 32 hexadecimal digits. */
  readonly token?: string;
  /** Parts of the access key that are not made up. A security token makes it a temporary one. */
  readonly key?: Partial<Identities['key']>;
  /** Parts of the user that are not made up. */
  readonly user?: Partial<Identities['user']>;
  /** Called with every request of the service once it is recorded, before it is answered. Must not throw. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

/** A running stand-in of CodeArts Build. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the endpoint of the service. */
  readonly url: string;
  /** The endpoint of IAM: the same as `url`. */
  readonly iamUrl: string;
  readonly token: string;
  readonly ak: string;
  readonly sk: string;
  /** Who gets tokens of IAM by his password. */
  readonly user: Identities['user'];
  /** The requests of the service so far, in the order in which they were decided; none of `/_sandbox`. */
  requests(): readonly ReceivedRequest[];
  /**
   * Replaces the fault script.
   *
   * @throws {TypeError} on an invalid fault, naming its index; the present script stays
   */
  setFaults(faults: readonly Fault[]): void;
  /**
   * Says what becomes of the builds to come, one plan each; what a plan does not name is as usual, as are the builds
   * after the last.
   *
   * @throws {TypeError} on an invalid plan, naming its index; the present ones stay
   */
  setPlans(plans: readonly Partial<BuildPlan>[]): void;
  /** Who may read the build history from now on. */
  setHistoryAccess(access: HistoryAccess): void;
  /** Changes how the service and IAM behave; what is not named stays. */
  setRules(rules: Partial<Rules>): void;
  /** Ends the life of every token that IAM has issued so far. */
  expireTokens(): void;
  /** Forgets requests, builds, plans, faults, rules, issued tokens, and locked keys. */
  reset(): void;
  /** Stops listening and cuts every connection, also one that hangs. A second call does no more. */
  close(): Promise<void>;
}

/** As much as the gateway takes; Node's 16 KiB would be too small for the longest tokens. */
const MAX_HEADER_BYTES = 128 * 1024;

/**
 * Starts the stand-in of CodeArts Build on loopback (codearts-api.md, section 6). It serves
 * `POST /v1/job/{job_id}/auto-execute` and `POST /v1/job/execute`, which play the fault script, the routes that only
 * read, tokens of IAM, and the control routes below `/_sandbox`. Its builds take their time: InQueue, Running, a result.
 *
 * Rejects with the system's error (`EADDRINUSE`, `EACCES`) when it cannot listen.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, onRequest = () => {} } = options;
  const jobs = options.jobs === undefined ? null : new Set(options.jobs);
  const catalogue = options.catalogue ?? catalogueOf(jobs);
  const identities = makeIdentities(options);
  const { token, key, user } = identities;
  const state = createState({ identities, jobs, catalogue, onRequest });
  // Late: of the commands few are a server.
  const { createServer } = await import('node:http');
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    void (isControl(request) ? serveControl : serveRequest)(request, response, state);
  });
  const url = await listen(server, port);
  let closed: Promise<void> | null = null;
  return {
    url,
    iamUrl: url,
    token,
    ak: key.ak,
    sk: key.sk,
    user,
    requests: () => [...state.requests],
    setFaults: (faults) => replaceFaults(state, parseFaults(faults)),
    setPlans: (plans) => replacePlans(state, parsePlans(plans)),
    setHistoryAccess: (access) => {
      state.historyAccess = access;
    },
    setRules: (rules) => {
      state.rules = { ...state.rules, ...rules };
    },
    expireTokens: () => {
      for (const [issued, known] of state.ledger.issued)
        state.ledger.issued.set(issued, { ...known, expiresAt: 0 });
    },
    reset: () => resetState(state),
    close: () => (closed ??= closeServer(server)),
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string')
        throw new Error('a TCP server has an address and a port');
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
