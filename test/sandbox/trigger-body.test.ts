import { expect, test } from 'vitest';
import { findBodyProblem } from '../../src/sandbox/trigger-body.ts';

const ID = '2fdc0170f0d540ae952c03ee6cabae3a8943d16a';

test.each([
  ['an empty object', {}],
  ['a field nobody knows', { checkout_sha: 1 }],
  ['an empty list of commits', { commits: [] }],
  ['an empty repository', { repository: {} }],
  ['the other event type', { event_type: 'push_events' }],
  ['a new branch', { before: '0'.repeat(40), after: ID }],
  [
    'the documented example',
    {
      event_type: 'push',
      commits: [{ id: ID, message: 'Update README.md' }],
      ref: 'refs/heads/master',
      repository: {
        url: 'git@codehub.devcloud.cn-north-7.ulanqab.huawei.com:06/Python2.git',
        name: 'Python2',
      },
      after: ID,
      before: '5c749465b14af7368b09945ed56942d54bc0b40d',
    },
  ],
])('%s is a good body', (_, body) => {
  expect(findBodyProblem(body)).toBeNull();
});

test.each([
  [[], 'the body must be a JSON object'],
  [null, 'the body must be a JSON object'],
  ['', 'the body must be a JSON object'],
  [{ event_type: 'tag_push' }, 'event_type must be push or push_events'],
  [{ ref: 7 }, 'ref must be a string'],
  [{ ref: null }, 'ref must be a string'],
  [{ before: ID.slice(1) }, 'before must be 40 letters or digits'],
  [{ after: `${ID}${'0'.repeat(24)}` }, 'after must be 40 letters or digits'],
  [{ after: 40 }, 'after must be 40 letters or digits'],
  [{ commits: {} }, 'commits must be an array'],
  [{ commits: [ID] }, 'commits[0] must be an object'],
  [{ commits: [{ id: ID, message: '' }, { message: '' }] }, 'commits[1].id must be 40 letters or digits'],
  [{ commits: [{ id: ID }] }, 'commits[0].message must be a string'],
  [{ repository: 'shop' }, 'repository must be an object'],
  [{ repository: { url: null } }, 'repository.url must be a string'],
  [{ repository: { url: '', name: [] } }, 'repository.name must be a string'],
])('the body %j is refused: %s', (body, problem) => {
  expect(findBodyProblem(body)).toBe(problem);
});
