import { t } from '../core/translate.ts';

/** Where CodeArts Build is offered, codearts-api.md section 2. Others may come: the rule is applied to them too. */
export const REGIONS: readonly string[] = [
  'cn-north-1',
  'cn-north-4',
  'cn-south-1',
  'cn-south-2',
  'cn-east-2',
  'cn-east-3',
  'cn-southwest-2',
  'cn-northeast-1',
  'ap-southeast-3',
  'la-north-2',
  'la-south-2',
  'sa-brazil-1',
  'tr-west-1',
  'eu-west-101',
];
/** Documents name two hosts for these. */
const DISPUTED = ['ap-southeast-3', 'la-north-2', 'sa-brazil-1'];
/** The European cloud: a domain of its own. */
const EUROPE = 'eu-west-101';

const BUILD_HOSTS = [
  /^cloudbuild-ext\.(?<region>[a-z0-9-]+)\.myhuaweicloud\.com$/,
  /^devcloud\.(?<region>[a-z0-9-]+)\.myhuaweicloud\.com$/,
  /^build-backend\.(?<region>eu-west-101)\.myhuaweicloud\.eu$/,
];
const IAM_HOSTS = [/^iam\.(?:[a-z0-9-]+\.)?myhuaweicloud\.com$/, /^iam\.eu-west-101\.myhuaweicloud\.eu$/];

/** The host of CodeArts Build in a region. */
export function buildHostOf(region: string): string {
  return region === EUROPE
    ? `build-backend.${region}.myhuaweicloud.eu`
    : `cloudbuild-ext.${region}.myhuaweicloud.com`;
}

/** The host of IAM, which gives tokens, in a region. */
export function iamHostOf(region: string): string {
  return region === EUROPE ? `iam.${region}.myhuaweicloud.eu` : `iam.${region}.myhuaweicloud.com`;
}

/** The host that lists a user's projects. */
export function projectHostOf(region: string): string {
  return region === EUROPE
    ? `projectman-ext.${region}.myhuaweicloud.eu`
    : `projectman-ext.${region}.myhuaweicloud.com`;
}

/** Whether a host is CodeArts Build of Huawei Cloud: the whole name, nothing that only looks like it. */
export function isBuildHost(host: string): boolean {
  return BUILD_HOSTS.some((pattern) => pattern.test(host));
}

/** Whether a host is IAM of Huawei Cloud. */
export function isIamHost(host: string): boolean {
  return IAM_HOSTS.some((pattern) => pattern.test(host));
}

/** The region in the name of a host of CodeArts Build, or null. */
export function regionOfHost(host: string): string | null {
  for (const pattern of BUILD_HOSTS) {
    const region = pattern.exec(host)?.groups?.['region'];
    if (region) return region;
  }
  return null;
}

/** What is to be said of a region: unknown, or with two hosts in the documents; null: nothing. */
export function regionWarning(region: string): string | null {
  if (!REGIONS.includes(region)) {
    return t`${region} is not on the list of regions with CodeArts Build; its host is ${buildHostOf(region)} by the rule`;
  }
  if (!DISPUTED.includes(region)) return null;
  return t`documents name two hosts for ${region}; if ${buildHostOf(region)} does not answer, set "endpoint" to devcloud.${region}.myhuaweicloud.com`;
}
