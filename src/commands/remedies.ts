import { t, translated } from '../core/translate.ts';
import type { Hold } from '../event/push-event.ts';
import type { TrackedRow } from './rows.ts';

/** What to do about triggers that wait for their user, or have failed. */
export interface Trouble {
  /** What they have in common: `2 triggers wait: no credentials`. */
  readonly words: string;
  /** A command. */
  readonly remedy: string;
}

/** Something is in the way of these, and one remedy is enough for all of a kind. */
export function troublesOf(tracked: readonly TrackedRow[]): Trouble[] {
  const kinds = new Map<string, TrackedRow[]>();
  for (const one of tracked) {
    const { row, event } = one;
    const kind = row.state === 'held' ? `held ${event?.hold ?? ''}` : row.state;
    if (!['failed', 'expired'].includes(kind) && !kind.startsWith('held')) continue;
    // What has failed has each its own reason.
    const key = kind === 'failed' ? `failed ${row.reason ?? ''}` : kind;
    kinds.set(key, [...(kinds.get(key) ?? []), one]);
  }
  return [...kinds.values()].map(troubleOf);
}

function troubleOf(tracked: readonly TrackedRow[]): Trouble {
  const [first] = tracked;
  const count = tracked.length;
  const id = first?.row.id.slice(0, 7) ?? '';
  const why = translated(first?.row.reason ?? '');
  switch (first?.row.state) {
    case 'held': {
      const words = count === 1 ? t`1 trigger waits: ${why}` : t`${count} triggers wait: ${why}`;
      return { words, remedy: remedyForHold(first.event?.hold ?? 'unknown', id) };
    }
    case 'expired': {
      const words = count === 1 ? t`1 trigger has expired` : t`${count} triggers have expired`;
      return {
        words,
        remedy: count === 1 ? `codearts-hooks redeliver ${id}` : 'codearts-hooks redeliver --failed',
      };
    }
    default: {
      const words = count === 1 ? t`1 trigger has failed: ${why}` : t`${count} triggers have failed: ${why}`;
      return { words, remedy: `codearts-hooks show ${id}` };
    }
  }
}

const REMEDIES: Readonly<Record<Hold, (id: string) => string>> = {
  config: () => 'codearts-hooks doctor',
  untrusted: () => 'codearts-hooks trust',
  endpoint: () => 'codearts-hooks doctor',
  login: () => 'codearts-hooks login',
  permission: (id) => `codearts-hooks show ${id}`,
  'too-many': (id) => `codearts-hooks redeliver ${id}`,
  unknown: (id) => `codearts-hooks redeliver ${id}`,
};

/** The command that helps a trigger that is held, by the first digits of its id. */
export function remedyForHold(hold: Hold, id: string): string {
  return REMEDIES[hold](id);
}

/** What to do about one row; null: nothing. */
export function remedyOf(tracked: TrackedRow): Trouble | null {
  return troublesOf([tracked])[0] ?? null;
}
