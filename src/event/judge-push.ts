import type { Oid } from '../core/oid.ts';
import { type Git, withoutFetching } from '../platform/git.ts';
import type { GitSettings } from '../push/settings.ts';
import type { JobRules } from '../rules/select-jobs.ts';
import { type Choice, type Rules, chooseJobs } from './choose-jobs.ts';
import { type PushedValue, knownBefore } from './known-before.ts';
import { remoteContext } from './remote-context.ts';

/** An update as a push has it. */
export interface JudgedUpdate extends PushedValue {
  readonly after: Oid;
}

/** A push of one ref: where to, and what was pushed with it. */
export interface JudgedPush {
  readonly update: JudgedUpdate;
  /** All updates of the push, this one too. */
  readonly siblings: readonly PushedValue[];
  readonly remote: string;
  /** Without credentials. */
  readonly url: string;
  /** When the push began, milliseconds since 1970; absent: it has not. */
  readonly startedAt?: number;
}

/** Where it was pushed from. */
export interface JudgedPlace {
  readonly git: Git;
  readonly settings: GitSettings;
  readonly commonDir: string;
}

/** What the rules of a config say of an update, in a repository that is left as it is. */
export async function judgePush<J extends JobRules>(
  { git, settings, commonDir }: JudgedPlace,
  { update, siblings, remote, url, startedAt }: JudgedPush,
  rules: Rules<J>,
): Promise<Choice<J>> {
  const local = withoutFetching(git);
  const named = settings.remotes.find(({ name }) => name === remote) ?? null;
  const { ref, before, after } = update;
  const context = await remoteContext({ git: local, settings }, remote, url);
  const since = startedAt === undefined ? null : { commonDir, startedAt };
  const known = () => onceForPush(siblings, () => knownBefore(local, named, siblings, since));
  return await chooseJobs(local, { ref, before, after, remote: context, known }, rules);
}

const asked = new WeakMap<readonly PushedValue[], Promise<readonly Oid[]>>();

/** All refs of a push are compared with the same: of thousands of new ones git is asked once. */
function onceForPush(
  siblings: readonly PushedValue[],
  ask: () => Promise<readonly Oid[]>,
): Promise<readonly Oid[]> {
  const answer = asked.get(siblings) ?? ask();
  asked.set(siblings, answer);
  return answer;
}
