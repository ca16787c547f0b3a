import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { until } from './run.mjs';

/**
 * CodeArts Build as far as one trigger needs it, in this very process: the end of a push and the arrival of its
 * request are read from one clock.
 *
 * @typedef {object} Service
 * @property {string} url
 * @property {(after: string) => Promise<number>} arrival when the request for this commit arrived: the moment its
 *   headers were read, on the clock of `performance.now()`
 * @property {() => number} count how many requests there were
 * @property {() => void} hang from now on no request is answered
 * @property {() => void} release answers those that hang, and all to come
 * @property {() => Promise<void>} close
 */

/**
 * Starts one on a free port of the loopback.
 *
 * @returns {Promise<Service>}
 */
export async function startService() {
  /** @type {Map<string, number>} */
  const arrivals = new Map();
  /** @type {(() => void)[] | null} */
  let held = null;
  let builds = 0;
  const server = createServer(async (request, response) => {
    const at = performance.now();
    const { after } = await jsonOf(request);
    arrivals.set(after, at);
    builds += 1;
    const number = String(builds);
    const answer = () => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ octopus_job_name: 'ci', actual_build_number: number, daily_build_number: number }),
      );
    };
    if (held === null) answer();
    else held.push(answer);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const release = () => {
    const waiting = held ?? [];
    held = null;
    for (const answer of waiting) answer();
  };
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    arrival: async (after) => await until(`the request for ${after}`, () => arrivals.get(after) ?? null),
    count: () => builds,
    hang: () => {
      held ??= [];
    },
    release,
    close: async () => {
      release();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** @param {import('node:http').IncomingMessage} request */
async function jsonOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
