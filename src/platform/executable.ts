import { SYSTEM, type System } from './system.ts';

/** Whether git runs a file of this mode as a hook. Where modes do not say, every file is one: git looks at its first line. */
export function isExecutable(mode: number, { hasModes }: Pick<System, 'hasModes'> = SYSTEM): boolean {
  return !hasModes || (mode & 0o111) !== 0;
}
