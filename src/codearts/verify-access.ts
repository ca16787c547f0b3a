import { stored, t, translated } from '../core/translate.ts';
import type { HttpResult } from '../platform/http.ts';
import type { Access } from './authorize.ts';
import { isRefusal } from './choose-proof.ts';
import type { Target } from './find-credentials.ts';
import { judge } from './outcome.ts';
import { projectsOrigin } from './projects.ts';
import { parseReply } from './reply.ts';
import { userAgent } from './trigger.ts';
import { whyUnreachable } from './unreachable.ts';

/** What the service says of credentials. Only `refused` says that they are wrong. */
export type Verdict =
  /** `warning`: who we are is taken, but not all is well. */
  | { readonly kind: 'taken'; readonly warning: string | null }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `isSetting`: something of ours that is set cannot be used; asking again does not help. */
  | { readonly kind: 'untold'; readonly reason: string; readonly isSetting: boolean };

/**
 * Asks the service whether it takes us, without starting anything: by the config of a job, or where none is known
 * by the list of projects (codearts-api.md section 4).
 */
export async function verifyAccess(access: Access, target: Target, jobId: string | null): Promise<Verdict> {
  if (access.kind !== 'ready') {
    // A proxy that cannot be used, say, tells nothing of them.
    const reason = translated(access.reason);
    const isHeld = access.kind === 'held';
    if (isHeld && isRefusal(access)) return { kind: 'refused', reason };
    return { kind: 'untold', reason, isSetting: isHeld };
  }
  const url =
    jobId === null
      ? `${projectsOrigin(target)}/v4/projects?offset=0&limit=1`
      : `${target.endpoint}/v1/job/${encodeURIComponent(jobId)}/config`;
  const result = await access.send({ method: 'GET', url, headers: { 'user-agent': userAgent() } });
  return verdictOf(result, access.words(), jobId);
}

function verdictOf(result: HttpResult, words: string, jobId: string | null): Verdict {
  const outcome = judge(result);
  const refused = (why: string): Verdict => ({
    kind: 'refused',
    reason: t`${translated(words)} was refused: ${why}`,
  });
  if (result.kind === 'failed') {
    if (outcome.kind === 'held') return refused(translated(outcome.reason));
    return untold(translated(whyUnreachable(stored`the service`, result)));
  }
  const { status, text, isComplete } = result;
  const { isJson, errorCode, errorMessage, isFailure } = parseReply(isComplete ? text : '');
  const said = [errorCode, errorMessage].filter(Boolean).join(': ');
  const reason = `${said === '' ? '' : `${said} `}(HTTP ${status})`;
  if (outcome.kind === 'held' && outcome.hold === 'login') return refused(reason);
  const isSuccess = status >= 200 && status < 300;
  if (!isJson) {
    // A page of whoever stands between: a sign-in of the network's, say.
    return untold(
      isSuccess
        ? t`the answer of the service was not understood: ${reason}`
        : t`the service answers ${reason}`,
    );
  }
  if (isSuccess && !isFailure) return { kind: 'taken', warning: null };
  if (status === 403)
    return { kind: 'taken', warning: t`the service takes you, but lacks a right: ${reason}` };
  if (jobId !== null && (status === 404 || status === 422)) {
    return {
      kind: 'taken',
      warning: t`the service takes you, but does not know the job ${jobId}: ${reason}`,
    };
  }
  return untold(t`the service answers ${reason}`);
}

function untold(reason: string): Verdict {
  return { kind: 'untold', reason, isSetting: false };
}
