import * as v from 'valibot';
import { t } from '../core/translate.ts';
import { JOB_ID, jobIdProblem } from './job-id.ts';
import { PLACEHOLDER_TEXT, placeholderProblem } from './placeholders.ts';

const patterns = (what: string) => v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.description(what));

const job = v.object({
  name: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty(),
      v.maxLength(100),
      v.description('How the job is called here; the id by default.'),
    ),
  ),
  id: v.pipe(
    v.string(),
    v.regex(JOB_ID, ({ input }) => jobIdProblem(input)),
    v.description('The id of the CodeArts Build task: 32 letters and digits, or the address of its page.'),
  ),
  branches: v.optional(
    patterns('Branches that start the job, as in GitHub Actions; every branch by default.'),
  ),
  'branches-ignore': v.optional(patterns('Branches that do not start the job.')),
  tags: v.optional(patterns('Tags that start the job; none by default.')),
  'tags-ignore': v.optional(patterns('Tags that do not start the job; every other does.')),
  paths: v.optional(
    patterns('Files of which a push of a branch must change one, as in GitHub Actions; any by default.'),
  ),
  'paths-ignore': v.optional(
    patterns('Files that do not count: a push of a branch that changes no other starts nothing.'),
  ),
  remotes: v.optional(
    patterns('Remotes that count, by name or URL pattern; `*` is all. By default `origin`, or the only one.'),
  ),
  trigger: v.optional(
    v.pipe(
      v.picklist(['auto-execute', 'execute']),
      v.description(
        'Which call starts the build: `execute` names the branch, tag or commit itself, and takes parameters.',
      ),
    ),
    'auto-execute',
  ),
  'event-type': v.optional(
    v.pipe(
      v.picklist(['push', 'push_events']),
      v.description('What an `auto-execute` request says as `event_type`.'),
    ),
    'push',
  ),
  parameters: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.nonEmpty()),
        v.pipe(
          v.string(),
          v.regex(PLACEHOLDER_TEXT, ({ input }) => placeholderProblem(input) ?? t`is not valid`),
        ),
      ),
      v.description(
        'Build parameters of an `execute` request, by name; `${ref}`, `${branch}`, `${tag}`, `${before}` and `${after}` are filled in.',
      ),
    ),
  ),
});

/** Every key of the committed config file, with its type, default and one line of help. */
export const ConfigSchema = v.pipe(
  v.object({
    $schema: v.optional(v.string()),
    region: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[a-z]+(?:-[a-z]+)+-\d+$/, () => t`must be a region such as cn-north-4`),
        v.description('The Huawei Cloud region of the jobs.'),
      ),
    ),
    endpoint: v.optional(
      v.pipe(
        v.string(),
        v.nonEmpty(),
        v.description('Host or https URL of CodeArts Build, where it does not follow from the region.'),
      ),
    ),
    'iam-endpoint': v.optional(
      v.pipe(
        v.string(),
        v.nonEmpty(),
        v.description('Host or https URL of IAM, where it does not follow from the region.'),
      ),
    ),
    jobs: v.pipe(v.array(job), v.description('The jobs that a push may start.')),
    'skip-markers': v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.nonEmpty())),
        v.description(
          'A push whose newest commit has one of these in its message starts nothing; upper and lower case are alike.',
        ),
      ),
      ['[skip ci]', '[ci skip]', '[no ci]'],
    ),
    commits: v.optional(
      v.object({
        max: v.optional(
          v.pipe(
            v.number(),
            v.integer(),
            v.minValue(1),
            v.maxValue(100),
            v.description('Commits that a request lists at most.'),
          ),
          20,
        ),
        'max-message-bytes': v.optional(
          v.pipe(
            v.number(),
            v.integer(),
            v.minValue(1),
            v.maxValue(2000),
            v.description('Bytes of a commit message that are sent at most.'),
          ),
          2000,
        ),
      }),
      {},
    ),
    'on-unknown': v.optional(
      v.pipe(
        v.picklist(['resend', 'hold']),
        v.description(
          'What is done when an answer was lost and the build history cannot be read: `resend` (perhaps a second build) or `hold`.',
        ),
      ),
      'resend',
    ),
    'max-triggers-per-push': v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1),
        v.maxValue(1000),
        v.description('Builds that one push starts at most; what is over is held.'),
      ),
      20,
    ),
  }),
  v.title('codearts-hooks'),
  v.description('Which CodeArts Build jobs a git push starts.'),
);

type Output = v.InferOutput<typeof ConfigSchema>;

/** A job of the config; the name is always there, and unique. */
export type Job = Output['jobs'][number] & { readonly name: string };

/** The config as the rest of the program has it: defaults filled in, ids bare. */
export interface Config extends Omit<Output, 'jobs'> {
  readonly jobs: readonly Job[];
}

/**
 * Keys that a committed file must never set: the author of a branch would decide over other people's machines, or
 * everybody would have the secret.
 */
export const FORBIDDEN_KEYS: readonly string[] = [
  'ak',
  'access-key',
  'access-key-id',
  'access-token',
  'allowed-endpoints',
  'auth',
  'auth-token',
  'ca',
  'ca-file',
  'command',
  'credential',
  'credential-command',
  'credentials',
  'domain',
  'domain-name',
  'hooks',
  'http-proxy',
  'https-proxy',
  'insecure',
  'insecure-hosts',
  'passwd',
  'password',
  'proxy',
  'secret',
  'secret-access-key',
  'secret-key',
  'secrets',
  'security-token',
  'sk',
  'token',
  'trusted-projects',
  'user',
  'username',
  'verify-remote',
];

const FORBIDDEN: ReadonlySet<string> = new Set(FORBIDDEN_KEYS.map(bareName));

/** Whether a key is one of them, in whatever way it is spelt: `secretKey`, `SECRET_KEY`. */
export function isForbidden(key: string): boolean {
  return FORBIDDEN.has(bareName(key));
}

function bareName(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, '');
}
