import { expect, test } from 'vitest';
import { isTrustedProject } from '../../src/config/trusted-projects.ts';

// [origin, pattern, whether it is trusted]
test.each([
  ['https://github.com/shop/shop.git', 'github.com/shop/shop', true],
  ['https://github.com/shop/shop', 'github.com/shop/*', true],
  ['git@github.com:shop/shop.git', 'github.com/shop/*', true],
  ['ssh://git@github.com/shop/shop.git', 'github.com/shop/*', true],
  ['ssh://git@github.com:22/shop/shop.git/', 'github.com/shop/*', true],
  ['https://GitHub.com/shop/shop.git', 'github.com/shop/*', true],
  ['https://git.example:8443/shop/a.git', 'git.example:8443/shop/*', true],
  ['https://git.example/team/sub/a.git', 'git.example/team/**', true],
  ['https://git.example/team/sub/a.git', 'git.example/*/sub/a', true],
  ['https://git.example/team/sub/a.git', 'git.example/**', true],
  ['https://git.example:8443/shop/a.git', 'git.example/shop/*', false],
  ['https://github.com/shop/sub/a.git', 'github.com/shop/*', false],
  ['https://github.com/shop', 'github.com/shop/**', false],
  ['https://github.com/Shop/shop.git', 'github.com/shop/*', false],
  ['https://github.com/shopping/a.git', 'github.com/shop/*', false],
  ['https://github.com.evil.cn/shop/a.git', 'github.com/shop/*', false],
  ['https://evilgithub.com/shop/a.git', 'github.com/shop/*', false],
  ['https://evil.cn/github.com/shop/a.git', 'github.com/shop/*', false],
  ['https://github.com/shop/../evil/a.git', 'github.com/shop/**', false],
  ['https://github.com/shop/%2e%2e/evil.git', 'github.com/shop/**', false],
  ['https://github.com/shop//a.git', 'github.com/shop/**', false],
  ['https://github.com/shop/a\\..\\..\\evil', 'github.com/shop/**', false],
  ['../github.com/shop/a', 'github.com/shop/*', false],
  ['/srv/github.com/shop/a', 'github.com/shop/*', false],
  ['ext::sh -c github.com:shop/a', 'github.com/shop/*', false],
  ['https://github.com/shop/shop.git', 'github.com', false],
  ['https://github.com/shop/shop.git', '*/shop/shop', false],
  ['https://github.com/shop/shop.git', '**', false],
  ['https://github.com/shop/shop.git', '', false],
])('%s is trusted by %s: %s', (origin, pattern, isTrusted) => {
  expect(isTrustedProject(origin, [pattern])).toBe(isTrusted);
});

test('one of several patterns is enough, none is not', () => {
  expect(isTrustedProject('git@h:a/b.git', ['x/y', 'h/a/*'])).toBe(true);
  expect(isTrustedProject('git@h:a/b.git', [])).toBe(false);
});
