import { t } from '../../core/translate.ts';
import { type Check, fine, wrong } from './check.ts';

/** Variables by which a manager's hooks, and ours with them, do not run. */
const MANAGERS: Readonly<Record<string, string>> = {
  HUSKY: '0',
  LEFTHOOK: '0',
  SKIP_SIMPLE_GIT_HOOKS: '1',
};

const enabled: Check = {
  name: 'enabled',
  async run({ state, context }) {
    const { env } = context.effects;
    if (!state.settings.isEnabled) {
      return wrong(
        t`git config has codearts-hooks.enabled=false`,
        'git config --unset codearts-hooks.enabled',
      );
    }
    if (env['CODEARTS_HOOKS'] === '0') return wrong(t`CODEARTS_HOOKS=0 is set`, 'unset CODEARTS_HOOKS');
    return fine(t`not switched off`);
  },
};

const managers: Check = {
  name: 'manager-switches',
  async run({ layers, context }) {
    const isManaged = layers.some(({ kind }) => kind === 'manager');
    const set = Object.entries(MANAGERS).find(([name, value]) => context.effects.env[name] === value);
    if (!set || !isManaged) return fine(t`none is set`);
    return wrong(
      t`${set.join('=')} is set: the hook manager that calls ours does nothing`,
      `unset ${set[0]}`,
    );
  },
};

const aliases: Check = {
  name: 'aliases',
  async run({ state }) {
    const { stdout } = await state.git.run(['config', '--get-regexp', String.raw`^alias\.`]);
    const found = stdout.split('\n').find((line) => /push.*--no-verify/.test(line));
    if (found === undefined) return fine(t`none pushes without hooks`);
    const name = found.split(' ')[0] ?? '';
    return wrong(
      t`${name} pushes with --no-verify: branches are seen at the next run, tags never`,
      t`git config --edit, or --global --edit: take --no-verify out of ${name}`,
    );
  },
};

/** Without a log, and without the remote's word, nothing tells what was accepted. */
const evidence: Check = {
  name: 'evidence',
  async run({ state }) {
    const { stdout } = await state.git.run(['config', '--get', 'core.logAllRefUpdates']);
    const isOff = /^(?:false|no|off|0)$/i.test(stdout.trim());
    if (!isOff) return fine(t`git logs what it pushes`);
    return wrong(
      t`core.logAllRefUpdates is off: each push has to be asked of the remote, and --no-verify is not seen`,
      'git config --unset core.logAllRefUpdates',
    );
  },
};

export const SWITCHES: readonly Check[] = [enabled, managers, aliases, evidence];
