import type { Tenant } from './admit.ts';
import { type CatalogueJob, nameOf } from './catalogue.ts';
import type { Answer, Reading } from './readings.ts';
import { type ApiError, errorReply, jsonReply } from './reply.ts';

/** What is known about jobs besides that they exist. */
export interface Catalogue extends Tenant {
  readonly catalogue: readonly CatalogueJob[];
}

/** The project that every job is in. */
export const PROJECT = '0618c0132d524af6b81030b083d00687';

const CONFIG = /^\/v1\/job\/(?<jobId>[^/?]+)\/config(?:\?|$)/;
const LIST = /^\/v1\/job\/(?<projectId>[^/?]+)\/list(?:\?(?<query>.*))?$/;
const PROJECTS = /^\/v4\/projects(?:\?(?<query>.*))?$/;

/** `GET /v1/job/{job_id}/config`. */
export const jobConfig: Reading<Catalogue> = {
  isFor: ({ method, path }) => method === 'GET' && CONFIG.test(path),
  answer: (call, { jobs, catalogue }) => {
    const refusal = call.authenticate();
    if (refusal) return refused(refusal, call.requestId);
    const jobId = CONFIG.exec(call.path)?.groups?.['jobId'] ?? '';
    const isKnown = /^[A-Za-z0-9]{32}$/.test(jobId) && (jobs === null || jobs.has(jobId));
    if (!isKnown) {
      const error = { status: 422, code: 'DEVCB.00031006', message: `The task ${jobId} does not exist` };
      return refused(error, call.requestId);
    }
    const known = catalogue.find(({ id }) => id === jobId);
    const result = {
      job_name: known?.name ?? nameOf(jobId),
      build_if_code_updated: known?.buildsByItself ?? false,
      scms: [
        {
          url: `${known?.sourceUrl ?? 'https://example.com/shop/shop'}.git`,
          branch: 'main',
          scm_type: 'default',
        },
      ],
    };
    return { outcome: 'read', reply: jsonReply(200, { result, status: 'success', error: null }) };
  },
};

/** `GET /v1/job/{project_id}/list`: `page_index` counts from 0, `search` is a part of the name. */
export const jobList: Reading<Catalogue> = {
  isFor: ({ method, path }) => method === 'GET' && LIST.test(path),
  answer: (call, { catalogue }) => {
    const refusal = call.authenticate();
    if (refusal) return refused(refusal, call.requestId);
    const wanted = new URLSearchParams(LIST.exec(call.path)?.groups?.['query'] ?? '');
    const [index, size] = [Number(wanted.get('page_index') ?? '0'), Number(wanted.get('page_size') ?? '10')];
    if (!Number.isInteger(index) || index < 0 || !Number.isInteger(size) || size < 1 || size > 100) {
      const error = {
        status: 400,
        code: 'CB.00060200',
        message: 'Invalid parameter: page_index or page_size',
      };
      return refused(error, call.requestId);
    }
    const found = catalogue.filter(({ name }) => name.includes(wanted.get('search') ?? ''));
    const page = found.slice(index * size, (index + 1) * size).map((job) => ({
      id: job.id,
      job_name: job.name,
      scm_web_url: job.sourceUrl,
      scm_type: 'default',
      is_execute: job.isExecutable,
      disabled: job.isDisabled,
      last_build_status: null,
    }));
    const result = { total: found.length, job_list: page };
    return { outcome: 'listed', reply: jsonReply(200, { result, status: 'success', error: null }) };
  },
};

/** `GET /v4/projects`, which the real service has on a host of its own. */
export const projectList: Reading<Tenant> = {
  isFor: ({ method, path }) => method === 'GET' && PROJECTS.test(path),
  answer: (call) => {
    const refusal = call.authenticate();
    if (refusal) return refused(refusal, call.requestId);
    const wanted = new URLSearchParams(PROJECTS.exec(call.path)?.groups?.['query'] ?? '');
    const offset = Number(wanted.get('offset') ?? '0');
    const projects = [{ project_id: PROJECT, project_name: 'shop' }];
    return {
      outcome: 'listed',
      reply: jsonReply(200, { projects: projects.slice(offset), total: projects.length }),
    };
  },
};

function refused(error: ApiError, requestId: string): Answer {
  return { outcome: error.code, reply: errorReply(error, requestId) };
}
