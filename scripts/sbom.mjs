import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes the SBOM of the package, CycloneDX: what is bundled in it, as `npm sbom` tells it from the lock file. Scanners
 * of the installed package see no dependencies, as there are none to install. The same sources give the same bytes:
 * no time, no serial number, nothing of this machine.
 *
 * @param {{name: string, version: string}[]} packages that are bundled
 * @param {string} path where to
 */
export function writeSbom(packages, path) {
  const { bomFormat, specVersion, version, components } = JSON.parse(npm('sbom'));
  const { name, version: ours, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  const bundled = packages.map((each) => {
    const found = components.find((one) => one.name === each.name && one.version === each.version);
    if (!found) throw new Error(`${each.name} ${each.version} is bundled, and not in the lock file`);
    const { 'bom-ref': ref, type, purl, hashes, licenses } = found;
    const { name: its, version: of } = each;
    return { 'bom-ref': ref, type, name: its, version: of, scope: 'required', purl, hashes, licenses };
  });
  const ref = `${name}@${ours}`;
  const component = {
    'bom-ref': ref,
    type: 'library',
    name,
    version: ours,
    description,
    purl: `pkg:npm/${ref}`,
    licenses: [{ license: { id: license } }],
  };
  const dependencies = [{ ref, dependsOn: bundled.map((each) => each['bom-ref']) }];
  const sbom = {
    bomFormat,
    specVersion,
    version,
    metadata: { component },
    components: bundled,
    dependencies,
  };
  writeFileSync(path, `${JSON.stringify(sbom, null, 2)}\n`);
}

function npm(command) {
  const args = [command, '--sbom-format', 'cyclonedx', '--package-lock-only'];
  // `npm run` tells where it is; `npm` alone is a script of the shell on Windows.
  const cli = process.env.npm_execpath;
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  return cli?.endsWith('npm-cli.js')
    ? execFileSync(process.execPath, [cli, ...args], options)
    : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
