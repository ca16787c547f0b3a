// node scripts/check-release.mjs v1.2.3: whether what is checked out may be published under that tag.
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const [, section] = changelog.split(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\]`, 'm'));

const problems = [
  tag === `v${version}` ? null : `the tag is ${tag || 'missing'}, the version of package.json ${version}`,
  section === undefined ? `CHANGELOG.md has no section [${version}]` : null,
  // npm compares it with where the provenance says that the package was built.
  repository ? null : 'package.json has no "repository"',
].filter((problem) => problem !== null);

for (const problem of problems) console.error(`error: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
