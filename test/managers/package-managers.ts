import { join } from 'node:path';
import { FETCHED } from './managers.ts';

/** A package manager, as a team uses it. */
export interface PackageManager {
  readonly name: string;
  /** The program and its first arguments. */
  readonly command: readonly string[];
  readonly add: readonly string[];
  readonly install: readonly string[];
  /** Files that a team commits, by path; `URL` is the registry's. */
  readonly files: Readonly<Record<string, string>>;
  /** The script that `init` writes. */
  readonly script: 'prepare' | 'postinstall';
}

const inCache = (folder: string, ...path: string[]) => join(FETCHED, folder, 'node_modules', ...path);
const NODE24 = inCache('node', 'node24', 'bin', 'node');
const NPMRC = { '.npmrc': 'registry=URL\n' };
const npm = {
  add: ['install', '--save-dev', 'codearts-hooks'],
  install: ['ci'],
  files: NPMRC,
  script: 'prepare',
} as const;
const pnpm = {
  add: ['add', '--save-dev', 'codearts-hooks'],
  install: ['install', '--frozen-lockfile'],
  files: NPMRC,
  script: 'prepare',
} as const;
const berry = (linker: string) => ({
  command: [process.execPath, inCache('yarn4', '@yarnpkg', 'cli-dist', 'bin', 'yarn.js')],
  add: ['add', '--dev', 'codearts-hooks'],
  install: ['install', '--immutable'],
  files: {
    '.yarnrc.yml': `nodeLinker: ${linker}\nnpmRegistryServer: URL\nunsafeHttpWhitelist: ["127.0.0.1"]\nenableTelemetry: false\nenableGlobalCache: false\n`,
    'yarn.lock': '',
  },
  script: 'postinstall' as const,
});

export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  { name: 'npm 11', command: ['npm'], ...npm },
  { name: 'npm 12', command: [NODE24, inCache('npm', 'npm', 'bin', 'npm-cli.js')], ...npm },
  { name: 'pnpm 10', command: [process.execPath, inCache('pnpm10', 'pnpm', 'bin', 'pnpm.cjs')], ...pnpm },
  { name: 'pnpm 12', command: [inCache('pnpm12', '@pnpm', 'exe.linux-x64', 'pnpm')], ...pnpm },
  {
    name: 'yarn 1',
    command: [process.execPath, inCache('yarn1', 'yarn', 'bin', 'yarn.js')],
    add: ['add', '--dev', 'codearts-hooks'],
    install: ['install', '--frozen-lockfile'],
    files: { '.yarnrc': 'registry "URL"\n', 'yarn.lock': '' },
    script: 'prepare',
  },
  { name: 'yarn 4, node-modules', ...berry('node-modules') },
  { name: 'yarn 4, pnp', ...berry('pnp') },
  {
    name: 'bun',
    command: [inCache('bun', '@oven', 'bun-linux-x64', 'bin', 'bun')],
    add: ['add', '--dev', 'codearts-hooks'],
    install: ['install', '--frozen-lockfile'],
    files: { 'bunfig.toml': '[install]\nregistry = "URL"\n' },
    script: 'prepare',
  },
];
