import { expect, test } from 'vitest';
import { triggerRequest } from '../../src/codearts/trigger.ts';
import { VERSION } from '../../src/core/version.ts';
import type { Payload } from '../../src/event/payload.ts';
import { repositoryOf } from '../../src/event/repository.ts';
import { oid } from '../fixtures/oid.ts';

// The example of Huawei Cloud's documentation: codearts-api.md section 1.
const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';
const HOST = 'codehub.devcloud.cn-north-7.ulanqab.huawei.com';
const REMOTE = `git@${HOST}:0618c0132d524af6b81030b083d00687/Python2.git`;
const BEFORE = '5c749465b14af7368b09945ed56942d54bc0b40d';
const AFTER = '2fdc0170f0d540ae952c03ee6cabae3a8943d16a';
const EXAMPLE = {
  event_type: 'push',
  commits: [{ id: AFTER, message: 'Update README.md' }],
  ref: 'refs/heads/master',
  repository: { url: REMOTE, name: 'Python2' },
  after: AFTER,
  before: BEFORE,
};

function payload(remote: string): Payload {
  return {
    event_type: 'push',
    ref: 'refs/heads/master',
    before: oid(BEFORE),
    after: oid(AFTER),
    commits: [{ id: oid(AFTER), message: 'Update README.md' }],
    repository: repositoryOf(remote),
  };
}

test.each([
  REMOTE,
  `https://${HOST}/0618c0132d524af6b81030b083d00687/Python2.git`,
  `ssh://git@${HOST}:22/0618c0132d524af6b81030b083d00687/Python2.git`,
])('the documented example is sent field by field: %s', (remote) => {
  const request = triggerRequest('https://cloudbuild-ext.cn-north-7.myhuaweicloud.com', JOB, payload(remote));

  expect(request).toEqual({
    method: 'POST',
    url: `https://cloudbuild-ext.cn-north-7.myhuaweicloud.com/v1/job/${JOB}/auto-execute`,
    headers: { 'content-type': 'application/json', 'user-agent': `codearts-hooks/${VERSION}` },
    body: expect.any(String),
  });
  expect(JSON.parse(request.body)).toEqual(EXAMPLE);
});

test('a job id that is none changes no path', () => {
  expect(triggerRequest('https://h', '../../v1/x?y#z', {}).url).toBe(
    'https://h/v1/job/..%2F..%2Fv1%2Fx%3Fy%23z/auto-execute',
  );
});
