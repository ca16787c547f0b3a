import type { Env } from './effects.ts';

// `git rev-parse --local-env-vars`, and what else git sets for a hook and must not leak into a git run elsewhere.
const HOOK_VARIABLES = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_EXEC_PATH',
  'GIT_REFLOG_ACTION',
  'GIT_TRACE',
];

const UNATTENDED = {
  LC_ALL: 'C', // a few messages are shown to the user; none is matched
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '', // empty, not unset: it keeps core.askPass from being asked
  SSH_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  GCM_INTERACTIVE: 'never',
  GIT_OPTIONAL_LOCKS: '0', // the user is working here
  GIT_NO_LAZY_FETCH: '1', // a partial clone stays partial
  GIT_NO_REPLACE_OBJECTS: '1', // the server builds the real commits
  GIT_GRAFT_FILE: '/dev/null', // and knows nothing of parents that were made up here
};

/**
 * The environment for a git of our own: without what the hook's git left in it, deaf to replaced objects, and
 * unable to ask anybody. `-c` values of the push (`GIT_CONFIG_PARAMETERS`) stay: they may carry what the remote
 * asks for.
 */
export function gitEnv(env: Env): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !HOOK_VARIABLES.includes(name)) clean[name] = value;
  }
  return { ...clean, ...UNATTENDED };
}
