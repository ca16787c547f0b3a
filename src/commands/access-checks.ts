import { makeAuthorizer } from '../codearts/authorize.ts';
import { routeTo } from '../codearts/route-to.ts';
import { hasKooCli } from '../codearts/sdk-credentials.ts';
import { type Verdict, verifyAccess } from '../codearts/verify-access.ts';
import { inspectPreferences } from '../config/preferences.ts';
import { regionWarning } from '../config/regions.ts';
import { t, translated } from '../core/translate.ts';
import { type AccessPlace, accessContext, sourceAt, strangerIn, strangerWords } from './access-context.ts';
import { accessWords } from './access-words.ts';
import type { CommandContext } from './define.ts';

/** One line of `doctor`; `remedy` is '' where nothing is to be done. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string;
}

/**
 * Everything that can be wrong between a push and the service's taking it: endpoint, approval, preferences,
 * credentials, proxy, certificates; with `isLive` the service is asked, and no build is started.
 */
export async function accessChecks(
  place: AccessPlace,
  context: CommandContext,
  { isLive }: { readonly isLive: boolean },
): Promise<Check[]> {
  const checks = [
    endpointCheck(place),
    ...(place.state ? [await trustCheck(place, context)] : []),
    await preferencesCheck(context),
    ...(await routeChecks(place, context)),
    await credentialsCheck(place, context),
  ];
  return isLive ? [...checks, (await serviceCheck(place, context)).found] : checks;
}

function endpointCheck({ endpoint }: AccessPlace): Check {
  const check = 'endpoint';
  if (endpoint.kind === 'none') {
    return { check, ok: false, detail: endpoint.reason, remedy: t`set "region" in codearts-hooks.json` };
  }
  const warning = endpoint.region !== null && endpoint.isHuawei ? regionWarning(endpoint.region) : null;
  const iam = endpoint.iamUrl === null ? '' : `, IAM ${endpoint.iamUrl}`;
  return {
    check,
    ok: true,
    detail: `${endpoint.url}${iam}${warning === null ? '' : `; ${warning}`}`,
    remedy: '',
  };
}

async function trustCheck({ state }: AccessPlace, context: CommandContext): Promise<Check> {
  if (!state?.subject) {
    const path = state?.loaded.path ?? null;
    const remedy = path === null ? 'codearts-hooks init' : t`mend ${path}`;
    return { check: 'trust', ok: false, detail: t`waits for a valid config`, remedy };
  }
  const { trusted, trustText } = await accessWords(state, context);
  return { check: 'trust', ok: trusted, detail: trustText, remedy: trusted ? '' : 'codearts-hooks trust' };
}

async function preferencesCheck({ effects }: CommandContext): Promise<Check> {
  const { path, problems } = await inspectPreferences(effects.env);
  const ok = problems.length === 0;
  const detail = ok ? (path ?? t`none`) : `${path}: ${problems.join('; ')}`;
  return { check: 'preferences', ok, detail, remedy: ok ? '' : t`mend ${path ?? ''}` };
}

async function routeChecks(place: AccessPlace, context: CommandContext): Promise<Check[]> {
  const { target } = place;
  if (target === null) return [];
  const access = await accessContext(place, context);
  const way = await routeTo(target.endpoint, access);
  if (way.kind === 'broken')
    return [{ check: 'proxy', ok: false, detail: way.reason, remedy: t`mend that setting` }];
  const { route, proxySource } = way;
  const proxy = route?.proxy ? t`${route.proxy.name}, from ${proxySource ?? ''}` : t`none`;
  const insecure = access.preferences['insecure-hosts'];
  const checked = route?.ca
    ? t`checked, CAs are node's and the CA file that you have named`
    : t`checked, CAs are node's`;
  return [
    { check: 'proxy', ok: true, detail: proxy, remedy: '' },
    insecure.length === 0
      ? { check: 'certificates', ok: true, detail: checked, remedy: '' }
      : {
          check: 'certificates',
          ok: false,
          detail: t`not checked for ${insecure.join(', ')}: whoever answers there gets your credentials`,
          remedy: t`name the CA: git config --global http.sslCAInfo <file>, and empty "insecure-hosts"`,
        },
  ];
}

async function credentialsCheck(place: AccessPlace, context: CommandContext): Promise<Check> {
  const check = 'credentials';
  const found = await sourceAt(place, context);
  if (found.kind === 'source') {
    const detail =
      found.account === null ? t`from ${found.source}` : t`${found.account}, from ${found.source}`;
    return { check, ok: true, detail, remedy: '' };
  }
  // Of an endpoint and of approvals other lines tell.
  const remedy = found.hold === 'endpoint' ? '' : 'codearts-hooks login';
  const reason = translated(found.reason);
  const detail = (await hasKooCli(context.effects.env))
    ? t`${reason}; what KooCLI has is encrypted, and not read`
    : reason;
  return { check, ok: false, detail, remedy };
}

/** What the service says of us: a line of it, and whether it has taken us, refused us, or said nothing. */
export interface ServiceCheck {
  readonly kind: Verdict['kind'];
  readonly found: Check;
}

/** Asks the service whether it takes us; no build is started. */
export async function serviceCheck(place: AccessPlace, context: CommandContext): Promise<ServiceCheck> {
  const check = 'service';
  const { target, state } = place;
  if (target === null)
    return { kind: 'untold', found: { check, ok: false, detail: t`no endpoint is known`, remedy: '' } };
  const stranger = await strangerIn(place, context.effects.env);
  if (stranger !== null) {
    const detail = t`not asked: ${strangerWords(stranger)}`;
    return { kind: 'untold', found: { check, ok: false, detail, remedy: 'codearts-hooks trust' } };
  }
  const authorizer = makeAuthorizer(await accessContext(place, context));
  const jobId = state?.loaded.config?.jobs[0]?.id ?? null;
  const verdict = await verifyAccess(await authorizer.access(target), target, jobId);
  const { kind } = verdict;
  if (kind === 'taken') {
    const { warning } = verdict;
    return { kind, found: { check, ok: warning === null, detail: warning ?? t`takes you`, remedy: '' } };
  }
  // What the user has set wrongly says itself what is to be done.
  const later = kind === 'untold' && verdict.isSetting ? '' : t`try again later`;
  const remedy = kind === 'refused' ? 'codearts-hooks login' : later;
  return { kind, found: { check, ok: false, detail: verdict.reason, remedy } };
}
