// What `import ... from 'codearts-hooks'` gives. Stable: it changes as semantic versioning says.
export { createSandbox } from '../sandbox/sandbox.ts';
export type { ReceivedRequest, Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
export type { Fault } from '../sandbox/faults.ts';
export { buildPushEvent } from './build-push-event.ts';
export type { BuildOptions, PushEvent } from './build-push-event.ts';
export { CodeArtsClient } from './codearts-client.ts';
export type { BuildRecord } from '../codearts/build-history.ts';
export type { StartedBuild } from '../codearts/reply.ts';
export type { BuildsResult, ClientOptions, TriggerResult } from './codearts-client.ts';
export { parsePostReceive } from './parse-post-receive.ts';
export type { RefUpdate } from './parse-post-receive.ts';
