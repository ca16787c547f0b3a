import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/**
 * Writes the SBOM of the package, CycloneDX 1.5: what is bundled in it, out of the lock file. Scanners of the installed
 * package see no dependencies, as there are none to install. Not by `npm sbom` itself, with which a test compares it:
 * the same sources give the same bytes whatever npm builds them, without a time and a serial number.
 *
 * @param {{folder: string, name: string, version: string, license: string}[]} packages that are bundled
 * @param {string} path where to
 */
export function writeSbom(packages, path) {
  const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const root = dirname(realpathSync('node_modules'));
  const main = { ...componentOf({ name, version, license }), description };
  const components = packages.map((each) => {
    const place = relative(root, each.folder).replaceAll('\\', '/');
    const { integrity } = lock.packages[place] ?? {};
    if (!integrity) throw new Error(`${place} is bundled, and not in the lock file`);
    return { ...componentOf(each), scope: 'required', hashes: [hashOf(integrity)] };
  });
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: main },
    components,
    dependencies: [{ ref: main['bom-ref'], dependsOn: components.map((each) => each['bom-ref']) }],
  };
  writeFileSync(path, `${JSON.stringify(sbom, null, 2)}\n`);
}

function componentOf({ name, version, license }) {
  return {
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [{ license: { id: license } }],
  };
}

/** A hash of the lock file, `sha512-<base64>`, as CycloneDX has it. */
function hashOf(integrity) {
  const [, length, value] = /^sha(\d+)-(.+)$/.exec(integrity);
  return { alg: `SHA-${length}`, content: Buffer.from(value, 'base64').toString('hex') };
}
