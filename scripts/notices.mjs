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
 * The packages that have a module in the bundles.
 *
 * @param {Iterable<string>} moduleIds of the bundler
 * @returns {{folder: string, name: string, version: string, license: string}[]} in the order of their names
 */
export function bundledPackages(moduleIds) {
  const folders = new Set([...moduleIds].map(packageOf).filter((folder) => folder !== null));
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return { folder, name, version, license };
    })
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/**
 * Writes the licences of packages.
 *
 * @param {ReturnType<typeof bundledPackages>} packages
 * @param {string} path where to
 */
export function writeNotices(packages, path) {
  const entries = packages.map(({ folder, name, version, license }) => {
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file || !license) throw new Error(`${name} has no licence`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync(
    path,
    `The files in dist/ hold parts of these packages, under these licences.\n\n${entries.join('\n')}`,
  );
}
