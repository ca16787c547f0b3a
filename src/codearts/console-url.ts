import { isBuildHost, regionOfHost } from '../config/regions.ts';

/**
 * The page of a build in Huawei Cloud's console. Its address is what users paste as a job's address; no document has
 * its form [A]. Null where the service is not Huawei Cloud's, or the project is not known.
 */
export function consoleUrl(
  { endpoint, jobId, number }: { readonly endpoint: string; readonly jobId: string; readonly number: string },
  projectId: string | null,
): string | null {
  const { host } = new URL(endpoint);
  const region = regionOfHost(host);
  if (projectId === null || region === null || !isBuildHost(host)) return null;
  const domain = host.endsWith('.eu') ? 'huaweicloud.eu' : 'huaweicloud.com';
  return `https://devcloud.${region}.${domain}/cicd/project/${projectId}/cloudbuild/detail/history/${jobId}/${number}`;
}
