import { dirname, join, relative } from 'node:path';
import { tooDeepAt } from '../core/nesting.ts';
import { isRecord, stringAt } from '../core/record.ts';
import { lstat, orNull, readText } from '../platform/files.ts';

/** The package managers that run a project's scripts, as far as they differ here. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';

/** What has to change in the root package.json, so that every clone is set up when its packages are installed. */
export interface RootScript {
  readonly path: string;
  readonly manager: PackageManager;
  readonly script: 'prepare' | 'postinstall';
  readonly text: string;
  readonly wanted: string;
  /** Whether the package is among the project's own: the script finds it there. */
  readonly isDependency: boolean;
}

/** Why there is none. */
export interface NoRootScript {
  readonly path: string | null;
  /** `no-package`: no package.json; `not-private`: with yarn 2 and later, the script would run for users of the package. */
  readonly why: 'no-package' | 'not-private' | 'not-json';
}

const OURS = 'codearts-hooks install --quiet';
/** Whose failure need not fail an install, as ours need not: without the packages for development they are not there. */
const HOOK_MANAGERS = /^(?:husky|lefthook|simple-git-hooks|prek|pre-commit)(?: [\w ./-]+)?$/;

/**
 * Plans the script that `init` writes: `prepare`, which npm, pnpm, yarn 1 and bun run; for yarn 2 and later, which
 * do not, `postinstall`. It never fails an install, also where the packages for development were left out.
 *
 * @param folder where to look from, up to `top`, for the topmost package.json
 */
export async function planRootScript(folder: string, top: string): Promise<RootScript | NoRootScript> {
  const path = await topmostPackage(folder, top);
  if (path === null) return { path, why: 'no-package' };
  const text = (await readText(path)) ?? '';
  const { parse, applyEdits, modify } = await import('jsonc-parser');
  // The parser would not survive one that is nested without end.
  const value: unknown = tooDeepAt(text) === null ? parse(text) : null;
  if (!isRecord(value)) return { path, why: 'not-json' };
  const manager = await managerOf(dirname(path), value);
  const isBerry = manager === 'yarn-berry';
  if (isBerry && value['private'] !== true) return { path, why: 'not-private' };
  const script = isBerry ? 'postinstall' : 'prepare';
  const command = scriptAfter(stringAt(value['scripts'], script));
  const isTabs = /^\t/m.test(text);
  const formattingOptions = {
    insertSpaces: !isTabs,
    tabSize: isTabs ? 1 : (/^( +)"/m.exec(text)?.[1]?.length ?? 2),
  };
  const edits = modify(text, ['scripts', script], command, { formattingOptions });
  const isDependency = ['dependencies', 'devDependencies'].some(
    (key) => stringAt(value[key], 'codearts-hooks') !== null,
  );
  return { path, manager, script, text, wanted: applyEdits(text, edits), isDependency };
}

/** The script with ours after what it does already. For sh and for cmd.exe: neither `true` nor `;` is in both. */
export function scriptAfter(before: string | null): string {
  const earlier = before?.trim() ?? '';
  if (earlier.includes('codearts-hooks install')) return earlier;
  if (earlier === '') return `${OURS} || exit 0`;
  if (HOOK_MANAGERS.test(earlier)) return `${earlier} && ${OURS} || exit 0`;
  // A build that fails is to fail as before.
  const first = /[|;&]/.test(earlier) ? `(${earlier})` : earlier;
  return `${first} && (${OURS} || exit 0)`;
}

async function topmostPackage(folder: string, top: string): Promise<string | null> {
  let found: string | null = null;
  for (let at = folder; !relative(top, at).startsWith('..'); at = dirname(at)) {
    const path = join(at, 'package.json');
    if (await orNull(lstat(path))) found = path;
    if (dirname(at) === at) break;
  }
  return found;
}

async function managerOf(folder: string, value: Readonly<Record<string, unknown>>): Promise<PackageManager> {
  const [, name = '', major = '0'] =
    /^(npm|pnpm|yarn|bun)@(\d+)/.exec(stringAt(value, 'packageManager') ?? '') ?? [];
  if (name === 'yarn') return Number(major) >= 2 ? 'yarn-berry' : 'yarn';
  if (name === 'npm' || name === 'pnpm' || name === 'bun') return name;
  const has = async (file: string) => (await orNull(lstat(join(folder, file)))) !== null;
  const lock = await readText(join(folder, 'yarn.lock'));
  if ((await has('.yarnrc.yml')) || lock?.includes('__metadata:')) return 'yarn-berry';
  if (lock !== null) return 'yarn';
  if (await has('pnpm-lock.yaml')) return 'pnpm';
  return (await has('bun.lock')) || (await has('bun.lockb')) ? 'bun' : 'npm';
}
