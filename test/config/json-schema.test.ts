import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { schemaText } from '../../scripts/schema.mjs';
import { FORBIDDEN_KEYS } from '../../src/config/schema.ts';
import { validateConfig } from '../../src/config/validate.ts';

const ID = 'f9d6c8466d614a9788e9a0acf6c15f46';
const JOB = { name: 'ci', id: ID };

/** Values for which an editor and the program must say the same: all is well, or something is not. */
const VALUES: readonly unknown[] = [
  { jobs: [] },
  { jobs: [JOB] },
  { $schema: './x', jobs: [JOB], region: 'cn-north-4', endpoint: 'https://h' },
  { jobs: [{ ...JOB, branches: ['main'], 'branches-ignore': [], tags: ['v*'], 'tags-ignore': ['x'] }] },
  { jobs: [{ ...JOB, paths: ['src/**'], 'paths-ignore': ['**/*.md'], remotes: ['*'] }] },
  { jobs: [{ ...JOB, trigger: 'execute', parameters: { a: '${ref}', b: '$${x}', c: '${ $', d: '' } }] },
  { jobs: [JOB], 'skip-markers': [], 'max-triggers-per-push': 1, 'on-unknown': 'hold' },
  { jobs: [JOB], commits: { max: 100, 'max-message-bytes': 2000 } },
  null,
  [],
  'text',
  {},
  { jobs: {} },
  { jobs: [ID] },
  { jobs: [{ name: 'ci' }] },
  { jobs: [{ id: 'short' }] },
  { jobs: [{ ...JOB, name: '' }] },
  { jobs: [{ ...JOB, name: 'x'.repeat(101) }] },
  { jobs: [{ ...JOB, branches: 'main' }] },
  { jobs: [{ ...JOB, branches: [''] }] },
  { jobs: [{ ...JOB, paths: [1] }] },
  { jobs: [{ ...JOB, trigger: 'excute' }] },
  { jobs: [{ ...JOB, 'event-type': 'tag_push' }] },
  { jobs: [{ ...JOB, trigger: 'execute', parameters: { a: 1 } }] },
  { jobs: [{ ...JOB, trigger: 'execute', parameters: { a: '${reff}' } }] },
  { jobs: [{ ...JOB, trigger: 'execute', parameters: { '': 'x' } }] },
  { jobs: [{ ...JOB, trigger: 'execute', parameters: [] }] },
  { jobs: [{ ...JOB, brances: ['main'] }] },
  { jobs: [], regoin: 'cn-north-4' },
  { jobs: [], region: 'CN North' },
  { jobs: [], 'skip-markers': '[skip ci]' },
  { jobs: [], 'skip-markers': [''] },
  { jobs: [], commits: { max: 0 } },
  { jobs: [], commits: { max: 1.5 } },
  { jobs: [], commits: { maximum: 5 } },
  { jobs: [], 'max-triggers-per-push': 0 },
  ...FORBIDDEN_KEYS.map((key) => ({ jobs: [JOB], [key]: 'x' })),
  ...FORBIDDEN_KEYS.map((key) => ({ jobs: [{ ...JOB, [key]: 'x' }] })),
];

const validate = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(await schemaText()) as object,
);

test.each(VALUES)('of %j an editor says what the program says', (value) => {
  const findings = validateConfig(value).findings.map(({ path, message }) => `${path.join('.')}: ${message}`);

  expect({ isGood: validate(value), findings }).toMatchObject({ isGood: findings.length === 0 });
});
