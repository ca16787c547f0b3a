/** Patterns in their order, the names that they ask for, and some that they do not. */
export type FilterRow = readonly [
  patterns: readonly string[],
  asked: readonly string[],
  others: readonly string[],
];

/**
 * GitHub's own table of patterns for branches and tags, "Filter pattern cheat sheet"; the names that must not match
 * are ours, by the words of its first column.
 */
export const BRANCHES_AND_TAGS: readonly FilterRow[] = [
  [['feature/*'], ['feature/my-branch', 'feature/your-branch'], ['feature', 'feature/beta/x', 'x/feature/y']],
  [
    ['feature/**'],
    ['feature/beta-a/my-branch', 'feature/your-branch', 'feature/mona/the/octocat'],
    ['feature', 'features/x', 'x/feature/y'],
  ],
  [
    ['main', 'releases/mona-the-octocat'],
    ['main', 'releases/mona-the-octocat'],
    ['main2', 'x/main', 'mai', 'Main', 'releases/mona'],
  ],
  [['*'], ['main', 'releases'], ['all/the/branches']],
  [['**'], ['all/the/branches', 'every/tag', 'main'], []],
  [['*feature'], ['mona-feature', 'feature', 'ver-10-feature'], ['a/feature', 'features']],
  [['v2*'], ['v2', 'v2.0', 'v2.9'], ['v1', 'v2/x', 'xv2']],
  [
    ['v[12].[0-9]+.[0-9]+'],
    ['v1.10.1', 'v2.0.0'],
    ['v3.0.0', 'v1.10', 'v1.x.1', 'v1a10a1', 'v1.10.', 'v1.10.1-rc'],
  ],
];

/** GitHub's table of patterns for paths. */
export const PATHS: readonly FilterRow[] = [
  [['*'], ['README.md', 'server.rb', '.gitignore'], ['docs/README.md']],
  [['*.jsx?'], ['page.js', 'page.jsx'], ['page.jsxx', 'a/page.js', 'page.j']],
  [['**'], ['all/the/files.md', 'README.md', '.github/x.yml'], []],
  [['*.js'], ['app.js', 'index.js', '.js'], ['src/app.js', 'app.jsx', 'appjs']],
  [['**.js'], ['index.js', 'js/index.js', 'src/js/app.js'], ['index.jsx', 'indexjs']],
  [['docs/*'], ['docs/README.md', 'docs/file.txt'], ['docs/a/b.md', 'docs', 'x/docs/a']],
  [['docs/**'], ['docs/README.md', 'docs/mona/octocat.txt'], ['docs', 'mydocs/x', 'x/docs/a']],
  [
    ['docs/**/*.md'],
    ['docs/README.md', 'docs/mona/hello-world.md', 'docs/a/markdown/file.md'],
    ['docs/a.txt', 'a.md', 'docsx/a.md'],
  ],
  [
    ['**/docs/**'],
    ['docs/hello.md', 'dir/docs/my-file.txt', 'space/docs/plan/space.doc'],
    ['docs', 'mydocs/x', 'dir/docs'],
  ],
  [['**/README.md'], ['README.md', 'js/README.md', 'a/b/README.md'], ['MYREADME.md', 'README.md/x']],
  [['**/*src/**'], ['a/src/app.js', 'my-src/code/js/app.js', 'src/x'], ['a/srcs/app.js', 'src']],
  [['**/*-post.md'], ['my-post.md', 'path/their-post.md', '-post.md'], ['post.md', 'my-post.mdx']],
  [
    ['**/migrate-*.sql'],
    ['migrate-10909.sql', 'db/migrate-v1.0.sql', 'db/sept/migrate-v1.sql'],
    ['db/migrate.sql', 'migrate-1/2.sql'],
  ],
  [['*.md', '!README.md'], ['hello.md'], ['README.md', 'docs/hello.md']],
  [['*.md', '!README.md', 'README*'], ['hello.md', 'README.md', 'README.doc'], ['docs/README.md']],
];

/** Its examples and sentences outside the tables. */
export const SENTENCES: readonly FilterRow[] = [
  [['Octo*'], ['Octocat', 'Octo'], ['Octo/cat', 'octocat']],
  [['Octo**'], ['Octocat', 'Octo/cat', 'Octo'], ['octocat']],
  [['[CB]at'], ['Cat', 'Bat'], ['Rat', '[CB]at', 'CBat']],
  [['[1-2]00'], ['100', '200'], ['300', '1-200', '00']],
  [['[0-9a-z]'], ['5', 'q'], ['Q', '-', '55']],
  [['a+b'], ['ab', 'aaab'], ['a+b', 'b']],
  [['colou?r'], ['color', 'colour'], ['colouur', 'colou?r']],
  [
    ['releases/**-alpha'],
    ['releases/10-alpha', 'releases/beta/3-alpha'],
    ['releases/10', 'x/releases/1-alpha'],
  ],
  [
    ['releases/**', '!releases/**-alpha'],
    ['releases/10', 'releases/beta/mona'],
    ['releases/10-alpha', 'releases/beta/3-alpha', 'main'],
  ],
  [
    ['sub-project/**', '!sub-project/docs/**'],
    ['sub-project/index.js', 'sub-project/src/index.js'],
    ['sub-project/docs/readme.md', 'index.js'],
  ],
  [['!releases/**-alpha', 'releases/**'], ['releases/10-alpha', 'releases/10'], []],
  [['**', '!main', 'main'], ['main', 'x'], []],
  [['**', '!m*', 'main'], ['main', 'x'], ['maint']],
  [['!main'], [], ['main', 'x']],
  [['a!b'], ['a!b'], ['ab', 'b']],
  [['\\!file'], ['!file'], ['file', '\\!file']],
  [['a\\+b'], ['a+b'], ['aab', 'ab', 'a\\+b']],
  [['a\\*'], ['a*'], ['ab', 'a']],
  [['a\\?'], ['a?'], ['a', '']],
  [['\\[a]'], ['[a]'], ['a']],
  [['escape\\\\backslash'], ['escape\\backslash'], ['escapebackslash']],
  [['.yml'], ['.yml'], ['fyml', 'a.yml']],
];

/** What the sentences imply where two of them meet. */
export const COMBINED: readonly FilterRow[] = [
  [['a/**/b'], ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/bx', 'a/xb']],
  [['a**/b'], ['a/b', 'ax/b', 'a/x/b'], ['ab', 'b']],
  [['v**'], ['v1', 'v/1', 'v'], ['xv']],
  [['**/**'], ['a', 'a/b', 'a/b/c'], []],
  [['***'], ['a', 'a/b'], []],
  [['***/a'], ['a', 'b/a', 'c/b/a'], ['ba']],
  [['*/*'], ['a/b'], ['a', 'a/b/c']],
  [['*-*'], ['a-b', '-', 'a-b-c'], ['ab', 'a/b-c']],
  [['[0-9]+-*'], ['12-x', '1-'], ['-x', 'a1-x']],
  [['v[0-9]?'], ['v', 'v1'], ['v12', 'vx']],
  [['[a-cx-z]'], ['a', 'c', 'x', 'z'], ['d', 'w', '-']],
  [['x+y?z'], ['xz', 'xxyz'], ['yz', 'xyyz']],
  [['中文/*'], ['中文/一'], ['中文', '中文/一/二']],
  [['修+'], ['修', '修修'], ['']],
  [['caf\u00e9/**'], ['caf\u00e9/a', 'cafe\u0301/a'], ['cafe/a']],
  [['cafe\u0301'], ['caf\u00e9'], ['cafe']],
  [['😀+'], ['😀😀', '😀'], ['😀a']],
];

/** Nothing else in a pattern is special, whatever other globs make of it. */
export const LITERAL: readonly FilterRow[] = [
  [['fix(api)'], ['fix(api)'], ['fixapi']],
  [['@(a|b)'], ['@(a|b)'], ['a', 'b']],
  [['a{b,c}'], ['a{b,c}'], ['ab', 'ac']],
  [['a|b'], ['a|b'], ['a', 'b']],
  [['a.b'], ['a.b'], ['axb']],
  [['a$^b'], ['a$^b'], []],
  [['$(id)`id`"\''], ['$(id)`id`"\''], []],
  [['--output=x'], ['--output=x'], []],
  [['a-b'], ['a-b'], []],
  [['[a'], ['[a'], ['a']],
  [['[]'], ['[]'], []],
  [['[^a]'], ['[^a]'], ['b']],
  [['[!a]'], ['[!a]'], ['b']],
  [['[9-0]'], [], ['9', '0']],
  [['+x'], ['+x'], ['x']],
  [['?x'], ['?x'], ['x', 'ax']],
  [['a\\'], ['a\\'], ['a']],
  [['😀'], ['😀'], ['😁']],
  [['#a'], ['#a'], ['a']],
];
