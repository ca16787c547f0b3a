import type { RunContext } from './run-context.ts';

/** Puts back what others have taken out of git's reach; a push never waits for that, nor fails for it. */
export async function repair({ stateDir, effects, log }: RunContext): Promise<void> {
  // Loaded late: nothing before needs it.
  const { repairLayers } = await import('../install/repair.ts');
  try {
    for (const path of await repairLayers(stateDir, effects.env)) await log(`put back: ${path}`);
  } catch (error) {
    await log(`cannot be put back: ${String(error)}`);
  }
}
