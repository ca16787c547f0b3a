import { join } from 'node:path';
import { listNames, readText } from '../platform/files.ts';
import { withoutBlock, yamlBlock } from './block.ts';

/** The script in lefthook's folder for personal ones, and what it is called there. */
export const SCRIPT_PATH: string = join('.lefthook-local', 'pre-push', 'codearts-hooks');

// A `run:` job would not do: lefthook leaves it out when a push has no changed files (a tag, an empty commit).
const JOB = `pre-push:
  scripts:
    codearts-hooks:
      runner: sh
      use_stdin: true
`;

/** The script that lefthook runs: by sh, as lefthook's own config says. */
export const SCRIPT = `#!/bin/sh
# codearts-hooks: starts the builds of a push; called by lefthook
f=$(git rev-parse --git-common-dir)/codearts-hooks/pre-push
test ! -r "$f" || exec sh "$f" "$@"
`;

/** lefthook's configs in a work tree. */
export interface LefthookConfig {
  /** The team's, by path; null: lefthook is not used here. */
  readonly path: string | null;
  /** The personal one, as it is and as it should be; null: it cannot be changed by adding lines. */
  readonly local: { readonly path: string; readonly text: string | null; readonly wanted: string } | null;
  /** Whether either of them runs us already. */
  readonly callsUs: boolean;
}

const NAME = /^\.?lefthook\.(?:ya?ml|json|jsonc|toml)$/;
const LOCAL_NAME = /^\.?lefthook-local\.(?:ya?ml|json|jsonc|toml)$/;

/** Looks for lefthook in a work tree. */
export async function readLefthook(workTree: string): Promise<LefthookConfig> {
  const names = [
    ...(await listNames(workTree)),
    ...(await listNames(join(workTree, '.config'))).map((name) => join('.config', name)),
  ];
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name.replace(/^\.config./, '')));
  const name = find(NAME);
  const localName = find(LOCAL_NAME) ?? 'lefthook-local.yml';
  const [text, local] = [
    name === undefined ? null : await readText(join(workTree, name)),
    await readText(join(workTree, localName)),
  ];
  const own = withoutBlock(local ?? '');
  const isAddable = /\.ya?ml$/.test(localName) && !/^["']?(?:pre-push|source_dir_local)\b/m.test(own);
  const start = own === '' || own.endsWith('\n') ? own : `${own}\n`;
  return {
    path: name === undefined ? null : join(workTree, name),
    local: isAddable
      ? { path: join(workTree, localName), text: local, wanted: start + yamlBlock(JOB) }
      : null,
    callsUs: [text, local].some((each) => each?.includes('codearts-hooks') === true),
  };
}
