import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { hasCode } from '../platform/files.ts';
import { interrupted } from '../platform/node.ts';
import { SAMPLE_CATALOGUE } from '../sandbox/catalogue.ts';
import {
  type ReceivedRequest,
  type Sandbox,
  type SandboxOptions,
  createSandbox,
} from '../sandbox/sandbox.ts';
import type { Options, Run } from './define.ts';
import { screenJson } from '../ui/screen-json.ts';

/** `sandbox`: runs the stand-in until Ctrl-C; prints what to export, and every request as it comes. */
export const sandbox: Run = async (_args, options, context) => {
  const isJson = options['json'] === true;
  const show = (request: ReceivedRequest) => {
    if (!isJson) context.print(`${requestLine(request)}\n`);
  };
  const server = await start({ ...portOf(options), ...jobsOf(options), onRequest: show });
  const { url, iamUrl, token, ak, sk } = server;
  if (isJson) {
    context.print(`${JSON.stringify({ url, iamUrl, token, ak, sk })}\n`);
  } else {
    context.print(`export CODEARTS_HOOKS_ENDPOINT=${url}\nexport CODEARTS_HOOKS_IAM_ENDPOINT=${iamUrl}\n`);
    context.print(`export CODEARTS_HOOKS_TOKEN=${token}\n`);
    context.print(
      `${t`# or, to see requests signed: export HUAWEICLOUD_SDK_AK=${ak} HUAWEICLOUD_SDK_SK=${sk}`}\n`,
    );
    context.say(
      t`the sandbox listens; in another terminal run the lines above, then git push. Ctrl-C ends it.`,
    );
  }
  await interrupted();
  // The terminal has shown ^C, and what comes next begins a line.
  if (context.effects.stdout.isTTY && !isJson) context.print('\n');
  await server.close();
  return ExitCode.Ok;
};

/** @throws {UserError} `sandbox-failed` when the port is not to be had */
async function start(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await createSandbox(options);
  } catch (error) {
    const isTaken = hasCode(error, 'EADDRINUSE');
    if (!isTaken && !hasCode(error, 'EACCES')) throw error;
    const port = String(options.port ?? 0);
    const message = isTaken
      ? t`another program listens on the port ${port} already`
      : t`you may not listen on the port ${port}`;
    throw new UserError('sandbox-failed', message, {
      hint: t`name another port, or none for any free one: codearts-hooks sandbox`,
      cause: error,
    });
  }
}

function requestLine({ at, method, path, outcome, build, body }: ReceivedRequest): string {
  const time = at.slice(11, 19);
  const what = build ? `built #${build.number}` : outcome;
  return `${time} ${method} ${path} -> ${what}\n${screenJson(body)}`;
}

function portOf(options: Options): { port?: number } {
  const { port } = options;
  if (port === undefined) return {};
  const number = Number(port);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return { port: number };
  throw new UserError('usage', t`--port takes a number from 0 to 65535, not ${String(port)}`, {
    hint: 'codearts-hooks sandbox --port 8080',
  });
}

function jobsOf({ jobs }: Options): SandboxOptions {
  return typeof jobs === 'string'
    ? { jobs: jobs.split(',').filter(Boolean) }
    : { catalogue: SAMPLE_CATALOGUE };
}
