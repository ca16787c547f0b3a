import { join } from 'node:path';
import { tooDeepAt } from '../core/nesting.ts';
import { isRecord } from '../core/record.ts';
import { listNames, readText } from '../platform/files.ts';

/** What simple-git-hooks is told to run: before the command that it has, with the same input for both. */
const CALL =
  'f=$(git rev-parse --git-common-dir)/codearts-hooks/pre-push; test ! -r "$f" || sh "$f" "$@" || :';
const CALL_BEFORE =
  'i=$(cat); f=$(git rev-parse --git-common-dir)/codearts-hooks/pre-push; ' +
  'test ! -r "$f" || printf "%s${i:+\\n}" "$i" | sh "$f" "$@" || :; exec <<E\n$i\nE\n';

/** The config of simple-git-hooks in a work tree. */
export interface SimpleGitHooksConfig {
  /** Null: it is a program, which cannot be edited. */
  readonly edit: { readonly path: string; readonly text: string; readonly wanted: string } | null;
  readonly path: string;
  /** Whether it runs us already. */
  readonly callsUs: boolean;
}

const PROGRAM = /^\.?simple-git-hooks\.[cm]?js$/;

/** Looks for simple-git-hooks in a work tree; null: it is not used here. It deletes every hook that it does not name. */
export async function readSimpleGitHooks(workTree: string): Promise<SimpleGitHooksConfig | null> {
  const program = (await listNames(workTree)).find((name) => PROGRAM.test(name));
  if (program !== undefined) {
    const path = join(workTree, program);
    return {
      path,
      edit: null,
      callsUs: ((await readText(path)) ?? '').includes('codearts-hooks/pre-push'),
    };
  }
  const places = [
    ['.simple-git-hooks.json', []],
    ['simple-git-hooks.json', []],
    ['package.json', ['simple-git-hooks']],
  ] as const;
  for (const [name, prefix] of places) {
    const path = join(workTree, name);
    const text = await readText(path);
    const hooks = text === null ? null : await hooksIn(text, prefix);
    if (text === null || hooks === null) continue;
    const command = hooks['pre-push'];
    const callsUs = typeof command === 'string' && command.includes('codearts-hooks/pre-push');
    const wanted = typeof command === 'string' ? CALL_BEFORE + command : CALL;
    return {
      path,
      callsUs,
      edit: { path, text, wanted: callsUs ? text : await withValue(text, [...prefix, 'pre-push'], wanted) },
    };
  }
  return null;
}

/** The text of a config without our call. */
export async function withoutCall(text: string, name: string): Promise<string> {
  const prefix = name.endsWith('package.json') ? ['simple-git-hooks'] : [];
  const command = (await hooksIn(text, prefix))?.['pre-push'];
  if (typeof command !== 'string' || !command.includes('codearts-hooks/pre-push')) return text;
  const rest = command.startsWith(CALL_BEFORE) ? command.slice(CALL_BEFORE.length) : undefined;
  return await withValue(text, [...prefix, 'pre-push'], rest);
}

/** A hook that simple-git-hooks has made of its config, without our call; '' when that was all it was for. */
export function withoutGeneratedCall(hook: string): string {
  if (!hook.includes('SIMPLE_GIT_HOOKS')) return hook;
  return hook.trimEnd().endsWith(CALL) ? '' : hook.replace(CALL_BEFORE, '');
}

async function hooksIn(text: string, prefix: readonly string[]): Promise<Record<string, unknown> | null> {
  // The parser would not survive it.
  if (tooDeepAt(text) !== null) return null;
  const { parse } = await import('jsonc-parser');
  const value: unknown = parse(text);
  const [key] = prefix;
  const hooks = key === undefined ? value : isRecord(value) ? value[key] : null;
  return isRecord(hooks) ? hooks : null;
}

async function withValue(text: string, path: string[], value: string | undefined): Promise<string> {
  const { applyEdits, modify } = await import('jsonc-parser');
  const isTabs = /^\t/m.test(text);
  const width = /^( +)"/m.exec(text)?.[1]?.length ?? 2;
  const formattingOptions = { insertSpaces: !isTabs, tabSize: isTabs ? 1 : width };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
