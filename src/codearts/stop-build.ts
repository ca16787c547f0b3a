import type { Send } from './build-history.ts';
import { type Answer, askService } from './ask-service.ts';

/** Asks the service to stop a build, `POST /v1/job/{job_id}/stop` (codearts-api.md section 4). */
export async function stopBuild(
  { endpoint, jobId, number }: { readonly endpoint: string; readonly jobId: string; readonly number: string },
  send: Send,
): Promise<Answer<unknown>> {
  // A number, as in Huawei Cloud's own Terraform provider; none that a double holds wrongly.
  const buildNo = Number.isSafeInteger(Number(number)) ? Number(number) : number;
  return await askService(`${endpoint}/v1/job/${encodeURIComponent(jobId)}/stop`, send, {
    build_no: buildNo,
  });
}
