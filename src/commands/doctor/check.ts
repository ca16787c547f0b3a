import type { Layer } from '../../install/layers.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';

/** What all checks look at. */
export interface Patient {
  readonly state: RepositoryState;
  readonly context: CommandContext;
  readonly layers: readonly Layer[];
  /** Whether git here runs hooks that its config names. */
  readonly hasConfigHooks: boolean;
}

/** What a check found. */
export interface Finding {
  readonly ok: boolean;
  readonly detail: string;
  /** What to do, if possible as a command; null when all is well. */
  readonly remedy: string | null;
  /** Whether installing again mends it: what `--fix` does. */
  readonly isMendedByInstall?: boolean;
}

/** A cause by which a push could not start its builds. */
export interface Check {
  readonly name: string;
  readonly run: (patient: Patient) => Promise<Finding>;
}

/** A finding that all is well. */
export function fine(detail: string): Finding {
  return { ok: true, detail, remedy: null };
}

/** A finding with its remedy. */
export function wrong(detail: string, remedy: string): Finding {
  return { ok: false, detail, remedy };
}

/** A finding that `doctor --fix` mends. */
export function mendable(detail: string): Finding {
  return { ok: false, detail, remedy: 'codearts-hooks install', isMendedByInstall: true };
}
