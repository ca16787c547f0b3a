import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'src/README.md',
];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

function textOf(document: string): string {
  return readFileSync(document, 'utf8');
}

/** The headings of a document as GitHub makes anchors of them. */
function anchorsOf(document: string): string[] {
  const prose = textOf(document).replaceAll(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(DOCUMENTS)('the links of %s lead to files and headings that are there', (document) => {
  const links = [...textOf(document).matchAll(/\]\((?!https:\/\/)([^)\s]*)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? document : join(dirname(document), path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });

  expect(broken).toEqual([]);
});

test.each(DOCUMENTS)('the files that %s names are there', (document) => {
  // Of the repository, and not of a user's: those begin with a dot or a home.
  const named = [...textOf(document).matchAll(/`((?:src|test|scripts|hooks|\.github|\.ci)\/[\w./-]+)`/g)];
  const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(path));

  // The map names the files of src without it.
  expect(document === 'src/README.md' ? [] : missing).toEqual([]);
});

test.each(DOCUMENTS)('the npm scripts that %s names are there', (document) => {
  const named = [...textOf(document).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the changelog has the form of Keep a Changelog, with what is not released first', () => {
  const headings = [...textOf('CHANGELOG.md').matchAll(/^##+ (.*)$/gm)].map(([, text = '']) => text);

  expect(headings[0]).toBe('[Unreleased]');
  for (const heading of headings.slice(1)) {
    expect(heading).toMatch(
      /^(?:\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d|Added|Changed|Deprecated|Removed|Fixed|Security)$/,
    );
  }
});

const WORKFLOWS = readdirSync('.github/workflows').map((name) => join('.github/workflows', name));

test.each(WORKFLOWS)('the actions of %s are pinned by commit, with the version beside it', (workflow) => {
  const uses = [...textOf(workflow).matchAll(/uses: (.*)/g)].map(([, action = '']) => action);

  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) {
    expect(action).toMatch(
      /^(?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/\w+\.yml)$/,
    );
  }
});

test.each(WORKFLOWS)(
  '%s has no secret, no right that it does not use, and only scripts that are there',
  (workflow) => {
    const text = textOf(workflow);
    const [head = ''] = text.split('\njobs:');
    const rights = [...text.matchAll(/^ +([\w-]+): write/gm)].map(([, right]) => right);
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);

    expect(text).not.toMatch(/secrets\.|pull_request_target|NODE_AUTH_TOKEN/);
    expect(head).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m);
    expect(rights).toEqual(workflow.endsWith('release.yml') ? ['id-token'] : []);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  },
);
