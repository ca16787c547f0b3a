import { type Authorizer, makeAuthorizer } from '../codearts/authorize.ts';
import { type BuildRecord, readBuildHistory } from '../codearts/build-history.ts';
import { credentialSet } from '../codearts/credential-set.ts';
import { resolveEndpoint } from '../codearts/endpoint.ts';
import type { Target } from '../codearts/find-credentials.ts';
import { type Outcome, judge } from '../codearts/outcome.ts';
import { triggerRequest } from '../codearts/trigger.ts';
import { DEFAULT_PREFERENCES } from '../config/preference-values.ts';
import { executeOrder } from '../event/execute.ts';
import { parseOid } from '../core/oid.ts';
import { processEnv, systemClock } from '../platform/node.ts';
import type { PushEvent } from './build-push-event.ts';

/** Where requests go, and what proves who sends them. */
export interface ClientOptions {
  /** The region of the jobs, `cn-north-4`. This, or `endpoint`. */
  readonly region?: string;
  /** URL of CodeArts Build, where it does not follow from the region; http on loopback alone. */
  readonly endpoint?: string;
  /** The same of IAM, which is asked for tokens where there is a `user`. */
  readonly iamEndpoint?: string;
  /** An access key, which signs each request. One of `accessKey`, `token` and `user` is wanted. */
  readonly accessKey?: { readonly ak: string; readonly sk: string; readonly securityToken?: string };
  /** A project-scoped token of IAM. */
  readonly token?: string;
  /** A user of IAM; his token is fetched, and again when it has expired. `domain`: the account. */
  readonly user?: { readonly name: string; readonly password: string; readonly domain: string };
}

/** What a request came to. The kinds differ in what to do next; `reason` is a sentence without any secret. */
export type TriggerResult =
  | Outcome
  /** A user's token takes a region and IAM's address, and none is known. */
  | { readonly kind: 'held'; readonly hold: 'endpoint'; readonly reason: string };

/** The builds of a job, newest first, or why they cannot be told. */
export type BuildsResult =
  | { readonly kind: 'builds'; readonly builds: readonly BuildRecord[] }
  | { readonly kind: 'untold'; readonly reason: string };

type Held = Extract<TriggerResult, { kind: 'held' }>;

const JOB_ID = /^[0-9A-Za-z]{32}$/;
/** Of the process, a client takes no more than how the network is reached. */
const NETWORK = /^(?:(?:https?|all|no)_proxy|node_tls_reject_unauthorized|node_extra_ca_certs)$/i;

/**
 * Starts builds of CodeArts Build, and reads their history. Sends each request once: what failed is the caller's to
 * send again, by the kind of the result. Credentials that were refused twice are not sent again: more would lock the key
 * or the user. Keeps nothing on disk; takes proxies from the environment.
 */
export class CodeArtsClient {
  readonly #target: Target;
  readonly #authorizer: Authorizer;
  /** In a row. */
  #refusals: readonly Held[] = [];

  /** @throws {TypeError} when it is not told where to, or with what, or in a form that cannot be */
  constructor(options: ClientOptions) {
    const target = targetOf(options);
    const env = Object.fromEntries(Object.entries(processEnv()).filter(([name]) => NETWORK.test(name)));
    this.#target = target;
    this.#authorizer = makeAuthorizer({
      env,
      clock: systemClock,
      preferences: DEFAULT_PREFERENCES,
      own: target,
      only: credentialsOf(options),
      git: null,
      log: async () => undefined,
    });
  }

  /**
   * Starts a build of a job: `POST /v1/job/{job_id}/auto-execute`. Does not throw for anything that the service
   * or the network does.
   *
   * @param jobId the id of the build task, 32 letters and digits
   * @throws {TypeError} when it is none
   */
  async trigger(jobId: string, event: PushEvent): Promise<TriggerResult> {
    return await this.#start(jobId, event);
  }

  /**
   * The same by the other call, `POST /v1/job/execute`: it names the very commit of a branch, or the tag, and takes
   * build parameters.
   *
   * @throws {TypeError} when the job's id, or the event's new value, is none
   */
  async execute(
    jobId: string,
    event: Pick<PushEvent, 'ref' | 'after'>,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<TriggerResult> {
    const after = parseOid(event.after);
    if (after === null) throw new TypeError(`not a full object name: ${JSON.stringify(event.after)}`);
    return await this.#start(
      jobId,
      null,
      executeOrder({ ref: event.ref, after }, parameters, (text) => text),
    );
  }

  /**
   * The builds of a job since a time: `GET /v1/record/{job_id}/list`.
   *
   * @throws {TypeError} when the job's id is none
   */
  async builds(jobId: string, since: Date): Promise<BuildsResult> {
    checkJob(jobId);
    const [, second] = this.#refusals;
    const access = second ?? (await this.#authorizer.access(this.#target));
    if (access.kind !== 'ready') return { kind: 'untold', reason: access.reason };
    const query = {
      endpoint: this.#target.endpoint,
      jobId,
      sinceMs: since.getTime(),
      nowMs: systemClock.now(),
    };
    const found = await readBuildHistory(query, access.send);
    if (found.kind !== 'builds') return { kind: 'untold', reason: found.reason };
    // A day more is asked for: the service reads times as the wall clock of its region.
    const isRecent = ({ startedAt }: BuildRecord): boolean =>
      startedAt === null || startedAt >= query.sinceMs;
    return { kind: 'builds', builds: found.builds.filter(isRecent) };
  }

  async #start(jobId: string, event: PushEvent | null, order?: object): Promise<TriggerResult> {
    checkJob(jobId);
    const [, second] = this.#refusals;
    if (second) return second;
    const access = await this.#authorizer.access(this.#target);
    if (access.kind === 'later') return { kind: 'retry', reason: access.reason, afterMs: access.afterMs };
    if (access.kind === 'held') return access;
    const result = judge(await access.send(triggerRequest(this.#target.endpoint, jobId, event, order)));
    this.#refusals = result.kind === 'held' && result.hold === 'login' ? [...this.#refusals, result] : [];
    return result;
  }
}

function checkJob(jobId: string): void {
  if (!JOB_ID.test(jobId))
    throw new TypeError(`a job's id is 32 letters and digits: ${JSON.stringify(jobId)}`);
}

function targetOf({ region, endpoint, iamEndpoint }: ClientOptions): Target {
  // As in the environment, the word of who runs this: it needs no approval.
  const env = {
    CODEARTS_HOOKS_REGION: region,
    CODEARTS_HOOKS_ENDPOINT: endpoint,
    CODEARTS_HOOKS_IAM_ENDPOINT: iamEndpoint,
  };
  const found = resolveEndpoint(null, env);
  if (found.kind === 'none') throw new TypeError(found.reason);
  return { endpoint: found.url, iamUrl: found.iamUrl, region: found.region };
}

function credentialsOf({ accessKey, token, user }: ClientOptions) {
  const lookup = credentialSet('the client', {
    ak: accessKey?.ak ?? null,
    sk: accessKey?.sk ?? null,
    'security-token': accessKey?.securityToken ?? null,
    token: token ?? null,
    user: user?.name ?? null,
    password: user?.password ?? null,
    domain: user?.domain ?? null,
  });
  if (lookup.kind === 'found') return lookup.set;
  throw new TypeError(
    lookup.kind === 'broken' ? lookup.reason : 'no credentials: give accessKey, token or user',
  );
}
