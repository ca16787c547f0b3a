import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that a module is in; null for our own. */
function packageOf(moduleId) {
  if (!moduleId.includes('/node_modules/')) return null;
  let folder = dirname(moduleId.replace(/^\0/, '').split('?')[0]);
  for (;;) {
    const file = join(folder, 'package.json');
    // Some packages have a package.json without a name beside their builds.
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name) return folder;
    if (dirname(folder) === folder) throw new Error(`no package for ${moduleId}`);
    folder = dirname(folder);
  }
}

/**
 * Writes the licences of all packages that have a module in the bundles.
 *
 * @param {Iterable<string>} moduleIds of the bundler
 * @param {string} path where to
 */
export function writeNotices(moduleIds, path) {
  const folders = new Set([...moduleIds].map(packageOf).filter((folder) => folder !== null));
  const entries = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file || !license) throw new Error(`${name} has no licence`);
    return {
      title: `${name} ${version} (${license})`,
      text: readFileSync(join(folder, file), 'utf8').trim(),
    };
  });
  entries.sort((a, b) => (a.title < b.title ? -1 : 1));
  const body = entries.map(({ title, text }) => `${'-'.repeat(80)}\n${title}\n\n${text}\n`).join('\n');
  writeFileSync(path, `The files in dist/ hold parts of these packages, under these licences.\n\n${body}`);
}
