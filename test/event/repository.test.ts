import { expect, test } from 'vitest';
import { repositoryOf } from '../../src/event/repository.ts';

const CANARY = 'S3CR-canary-9f';
const CODEARTS = 'codehub.devcloud.cn-north-4.huaweicloud.com';
const PROJECT = '0618c0132d524af6b81030b083d00687';

test.each([
  ['https://host/group/r.git', 'https://host/group/r.git', 'r'],
  [`https://alice:${CANARY}@host/group/r.git`, 'https://host/group/r.git', 'r'],
  ['https://host/group/r/', 'https://host/group/r/', 'r'],
  ['http://host:8080/r.git', 'http://host:8080/r.git', 'r'],
  ['ssh://git@host:2222/group/r.git', 'ssh://git@host:2222/group/r.git', 'r'],
  ['git+ssh://git@host/r.git', 'git+ssh://git@host/r.git', 'r'],
  ['git://host/r.git', 'git://host/r.git', 'r'],
  ['git@host:group/r.git', 'git@host:group/r.git', 'r'],
  ['git@host:r', 'git@host:r', 'r'],
  ['host:r.git', 'host:r.git', 'r'],
  ['git@host:~/r.git', 'git@host:~/r.git', 'r'],
  ['https://host/组/仓库.git', 'https://host/组/仓库.git', '仓库'],
  ['https://host/.git', 'https://host/.git', 'repository'],
  ['https://host/a@b.git', 'https://host/a@b.git', 'a@b'],
  ['git@[::1]:group/r.git', 'git@[::1]:group/r.git', 'r'],
  ['ssh://git@[::1]:2222/r.git', 'ssh://git@[::1]:2222/r.git', 'r'],
  [`https://alice:p/${CANARY}@host/r.git`, 'https://host/r.git', 'r'],
])('%s is told with its address', (remote, url, name) => {
  expect(repositoryOf(remote)).toEqual({ url, name });
});

test.each([
  ['/srv/git/r.git', 'r'],
  ['../remote.git', 'remote'],
  ['./r', 'r'],
  ['~/r.git', 'r'],
  ['file:///srv/r.git', 'r'],
  ['C:\\repos\\r.git', 'r'],
  ['C:/repos/r.git', 'r'],
  ['\\\\server\\share\\r.git', 'r'],
  ['ext::ssh -p 22 host %S r', 'r'],
  [`ext::sh -c PASS=${CANARY} ssh host %S /srv/r.git`, 'r'],
  ['fd::17/r', 'r'],
  [`foo://alice:${CANARY}@host/r.git`, 'r'],
  ['codecommit://profile@r', 'r'],
  ['codecommit::eu-west-1://profile@r', 'r'],
  ['file:///C:/repos/a@b.git', 'a@b'],
  ['D:r.git', 'r'],
  ['a b:c', 'c'],
  ['/', 'repository'],
  ['', 'repository'],
])('of %s only the name is told', (remote, name) => {
  expect(repositoryOf(remote)).toEqual({ name });
});

test.each([
  [`https://${CODEARTS}/${PROJECT}/Python2.git`],
  [`https://alice:${CANARY}@${CODEARTS}/${PROJECT}/Python2.git`],
  [`https://${CODEARTS}/${PROJECT}/Python2`],
  [`https://${CODEARTS}/${PROJECT}/Python2.git/`],
  [`ssh://git@${CODEARTS}/${PROJECT}/Python2.git`],
  [`ssh://git@${CODEARTS}:22/${PROJECT}/Python2.git`],
  [`ssh://${CODEARTS}/${PROJECT}/Python2.git`],
  [`https://${CODEARTS}:443/${PROJECT}/Python2.git`],
  [`http://${CODEARTS}/${PROJECT}/Python2.git`],
  [`git+ssh://git@${CODEARTS}/${PROJECT}/Python2.git`],
  [`https://${CODEARTS.toUpperCase()}/${PROJECT}/Python2.git`],
  [`ssh://git@${CODEARTS}//${PROJECT}/Python2.git`],
  [`git@${CODEARTS}:${PROJECT}/Python2.git`],
  [`${CODEARTS}:${PROJECT}/Python2`],
])('a repository of CodeArts Repo is told by its SSH address: %s', (remote) => {
  expect(repositoryOf(remote)).toEqual({ url: `git@${CODEARTS}:${PROJECT}/Python2.git`, name: 'Python2' });
});

test.each([
  ['of another region', 'codehub.devcloud.cn-north-7.ulanqab.huawei.com'],
  ['of the oldest form', 'codehub.devcloud.huaweicloud.com'],
])('so is one %s', (_, host) => {
  expect(repositoryOf(`https://${host}/group/sub/r.git`).url).toBe(`git@${host}:group/sub/r.git`);
});

test.each([
  [`https://${CODEARTS}.evil.cn/r.git`],
  [`https://evil${CODEARTS}/r.git`],
  [`https://${CODEARTS}:8443/r.git`],
  [`https://host/${CODEARTS}/r.git`],
])('%s is none of CodeArts Repo', (remote) => {
  expect(repositoryOf(remote).url).toBe(remote);
});
