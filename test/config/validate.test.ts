import { expect, test } from 'vitest';
import { jobIdIn, regionIn } from '../../src/config/job-id.ts';
import { FORBIDDEN_KEYS } from '../../src/config/schema.ts';
import { validateConfig } from '../../src/config/validate.ts';

const ID = 'f9d6c8466d614a9788e9a0acf6c15f46';
const PROJECT = '0123456789abcdef0123456789abcdef';
const PAGE = `https://devcloud.cn-north-4.huaweicloud.com/cicd/project/${PROJECT}/cloudbuild`;
const JOB = { name: 'ci', id: ID };

/** The findings in short: `<path>: <message>`, with `!` in front of errors. */
function findings(value: unknown): string[] {
  return validateConfig(value).findings.map(
    ({ path, message, isError }) => `${isError ? '!' : ''}${path.join('.')}: ${message}`,
  );
}

test('a config gets its defaults', () => {
  expect(validateConfig({ jobs: [JOB] })).toEqual({
    findings: [],
    config: {
      jobs: [{ ...JOB, trigger: 'auto-execute', 'event-type': 'push' }],
      'skip-markers': ['[skip ci]', '[ci skip]', '[no ci]'],
      commits: { max: 20, 'max-message-bytes': 2000 },
      'on-unknown': 'resend',
      'max-triggers-per-push': 20,
    },
  });
});

test('a config with all keys is taken as it is', () => {
  const value = {
    $schema: './node_modules/codearts-hooks/schema.json',
    region: 'cn-north-4',
    endpoint: 'https://build.example.com',
    jobs: [
      {
        ...JOB,
        branches: ['main', '!x'],
        'branches-ignore': ['y'],
        tags: ['v*'],
        'tags-ignore': ['v0*'],
        paths: ['src/**'],
        'paths-ignore': ['**/*.md'],
        remotes: ['*'],
        trigger: 'execute',
        'event-type': 'push_events',
        parameters: { ref: '${ref}', both: '${branch}${tag}', text: 'a $x ${ $${x} 5$', none: '' },
      },
    ],
    'skip-markers': ['[skip]'],
    commits: { max: 1, 'max-message-bytes': 1 },
    'on-unknown': 'hold',
    'max-triggers-per-push': 1000,
  };

  expect(validateConfig(value)).toEqual({ findings: [], config: value });
});

test('a config without jobs is valid and starts nothing', () => {
  expect(validateConfig({ jobs: [] }).config?.jobs).toEqual([]);
});

test('a job without a name is called by its id, taken out of what was pasted', () => {
  const pasted = `https://devcloud.cn-north-4.huaweicloud.com/cicd/project/x/cloudbuild/detail/history/${ID}?a=b`;

  expect(validateConfig({ jobs: [{ id: pasted }] }).config?.jobs).toMatchObject([{ name: ID, id: ID }]);
});

test.each([
  ['the id', ID, ID],
  ['upper case', ID.toUpperCase(), ID.toUpperCase()],
  ['the end of an address', `https://host/detail/${ID}`, ID],
  ['the middle of one', `https://host/history/${ID}/9`, ID],
  ['a query', `https://host/x?id=${ID}&b=c`, ID],
  ['a fragment route', `https://host/#/x/${ID}`, ID],
  ['a page of a project', `${PAGE}/detail/history/${ID}/12`, ID],
  ['one with more behind the job', `${PAGE}/detail/history/${ID}/12?record=${PROJECT}`, ID],
  ['an address of another form', `https://host/${PROJECT}/task/${ID}`, ID],
  ['the list of a project', `${PAGE}/list`, null],
  ['the page of a project', `https://host/cicd/project/${PROJECT}`, null],
  ['31 characters', ID.slice(1), null],
  ['33 characters', `${ID}0`, null],
  ['a dash in it', `${ID.slice(0, 8)}-${ID.slice(9)}`, null],
  ['a path out', `../${ID}%2f`, null],
  ['a line end', `${ID}\n`, null],
  ['a Chinese digit', `${ID.slice(1)}一`, null],
  ['nothing', '', null],
])('a job id is found in %s or is not', (_, text, expected) => {
  expect(jobIdIn(text)).toBe(expected);
});

test('an address with the id of a project alone is refused', () => {
  expect(findings({ jobs: [{ id: `${PAGE}/list` }] })).toEqual([
    '!jobs.0.id: has no id of a job; open the build task in the console, and copy the address of that page',
  ]);
});

test.each([
  [`${PAGE}/list`, 'cn-north-4'],
  ['https://devcloud.ap-southeast-3.huaweicloud.com', 'ap-southeast-3'],
  ['https://devcloud.huaweicloud.com/cn-north-4.x/', null],
  [ID, null],
])('the region that %s tells is %s', (address, region) => {
  expect(regionIn(address)).toBe(region);
});

test.each([
  ['no object', 'text', ['!: must be Object, not "text"']],
  ['a list', [], ['!jobs: is missing']],
  ['null', null, ['!: must be Object, not null']],
  ['no jobs', {}, ['!jobs: is missing']],
  ['jobs of another kind', { jobs: {} }, ['!jobs: must be Array, not Object']],
  ['a job without an id', { jobs: [{ name: 'ci' }] }, ['!jobs.0.id: is missing']],
  [
    'an id that is none',
    { jobs: [{ id: '../x' }] },
    ['!jobs.0.id: must be a job id of 32 letters and digits, or the address of the task'],
  ],
  ['an empty name', { jobs: [{ ...JOB, name: '' }] }, ['!jobs.0.name: must not be empty']],
  ['an empty pattern', { jobs: [{ ...JOB, branches: [''] }] }, ['!jobs.0.branches.0: must not be empty']],
  ['a pattern of another kind', { jobs: [{ ...JOB, tags: [1] }] }, ['!jobs.0.tags.0: must be string, not 1']],
  [
    'a region that is none',
    { jobs: [], region: 'CN North' },
    ['!region: must be a region such as cn-north-4'],
  ],
  ['a number as text', { jobs: [], commits: { max: '20' } }, ['!commits.max: must be number, not "20"']],
  ['two jobs of one name', { jobs: [JOB, JOB] }, ['!jobs.1.name: another job is called "ci" too']],
  [
    'two jobs of one id and no names',
    { jobs: [{ id: ID }, { id: ID }] },
    [`!jobs.1.name: another job is called "${ID}" too`],
  ],
])('a config with %s is invalid', (_, value, expected) => {
  expect(findings(value)).toEqual(expected);
  expect(validateConfig(value).config).toBeNull();
});

test.each([
  ['too few commits', { max: 0 }],
  ['too many commits', { max: 101 }],
  ['half a commit', { max: 1.5 }],
  ['too long messages', { 'max-message-bytes': 2001 }],
])('a config with %s is invalid', (_, commits) => {
  expect(findings({ jobs: [], commits })).toMatchObject([expect.stringMatching(/^!commits\./)]);
});

test.each([
  ['a typo', { jobs: [], regoin: 'x' }, 'regoin: unknown key, did you mean "region"?; it is ignored'],
  [
    'a typo in a job',
    { jobs: [{ ...JOB, branchs: [] }] },
    'jobs.0.branchs: unknown key, did you mean "branches"?; it is ignored',
  ],
  [
    'a typo in commits',
    { jobs: [], commits: { mx: 1 } },
    'commits.mx: unknown key, did you mean "max"?; it is ignored',
  ],
  ['a word like no other', { jobs: [], colour: 'red' }, 'colour: unknown key; it is ignored'],
  ['a key of the language', { jobs: [], constructor: 1 }, 'constructor: unknown key; it is ignored'],
])('%s is a warning, and the config is valid', (_, value, warning) => {
  expect(findings(value)).toEqual([warning]);
  expect(validateConfig(value).config).not.toBeNull();
});

test.each(FORBIDDEN_KEYS.map((key) => [key]))(
  '%s may not be set in a committed file, wherever in it',
  (key) => {
    const message = 'may not be set in a committed file; it belongs to each user';

    expect(findings({ jobs: [], [key]: 'x' })).toEqual([`!${key}: ${message}`]);
    expect(findings({ jobs: [{ ...JOB, [key]: 'x' }] })).toEqual([`!jobs.0.${key}: ${message}`]);
    expect(validateConfig({ jobs: [], commits: { [key]: 'x' } }).config).toBeNull();
  },
);

test.each([
  'secretKey',
  'secret_key',
  'SECRET_KEY',
  'Token',
  'credentialCommand',
  'credential_command',
  'insecureHosts',
  'caFile',
  'AK',
  'userName',
])('a forbidden key is one in other spellings too: %s', (key) => {
  expect(findings({ jobs: [], [key]: 'x' })).toEqual([
    `!${key}: may not be set in a committed file; it belongs to each user`,
  ]);
});

test.each([
  ['a typo', 'excute', 'must be "auto-execute" or "execute", not "excute", did you mean "execute"?'],
  ['another word', 'webhook', 'must be "auto-execute" or "execute", not "webhook"'],
  ['no word', 1, 'must be "auto-execute" or "execute", not 1'],
])('of a choice, %s is told with what there is, and the nearest', (_, trigger, message) => {
  expect(findings({ jobs: [{ ...JOB, trigger }] })).toEqual([`!jobs.0.trigger: ${message}`]);
});

test.each([
  ['a typo', '${brnch}', '${brnch} is no placeholder; did you mean ${branch}'],
  ['upper case', 'x-${Ref}', '${Ref} is no placeholder; did you mean ${ref}'],
  ['another word', '${revision}', '${revision} is no placeholder; write $${revision} for the text itself'],
  ['nothing', 'a${}b', '${} is no placeholder; write $${} for the text itself'],
])('a parameter with a placeholder of %s is an error', (_, value, message) => {
  const parameters = { one: 'ok', two: value };

  expect(findings({ jobs: [{ ...JOB, trigger: 'execute', parameters }] })).toEqual([
    `!jobs.0.parameters.two: ${message}`,
  ]);
});

test.each([
  ['another kind', { parameters: { n: 1 } }, '!jobs.0.parameters.n: must be string, not 1'],
  ['a list', { parameters: [] }, '!jobs.0.parameters: must be Object, not Array'],
  [
    'a job that does not send them',
    { trigger: 'auto-execute', parameters: {} },
    'jobs.0.parameters: has an effect only with "trigger": "execute"',
  ],
])('parameters of %s are told', (_, more, message) => {
  expect(findings({ jobs: [{ ...JOB, trigger: 'execute', ...more }] })).toEqual([message]);
});

test('a pattern that cannot be meant is a warning, in its place', () => {
  expect(findings({ jobs: [{ ...JOB, branches: ['main', 'refs/heads/x'] }] })).toEqual([
    'jobs.0.branches.1: is matched against the short name; write "x"',
  ]);
});

test('all that is wrong is told, not the first thing alone', () => {
  const value = { jobs: [{ id: 'x', token: 't' }], region: 1, regoin: 2 };

  expect(findings(value).map((finding) => finding.split(':')[0])).toEqual([
    'regoin',
    '!jobs.0.token',
    '!region',
    '!jobs.0.id',
  ]);
});
