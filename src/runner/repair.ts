import type { RunContext } from './run-context.ts';

type Repairing = Pick<RunContext, 'commonDir' | 'stateDir' | 'log'> & {
  readonly effects: Pick<RunContext['effects'], 'env' | 'clock'>;
};

/** Puts back what others have taken out of git's reach; a push never waits for that, nor fails for it. */
export async function repair({ commonDir, stateDir, effects, log }: Repairing): Promise<void> {
  // Loaded late: nothing before needs it.
  const { repairLayers } = await import('../install/repair.ts');
  const { unlessInstalling } = await import('../install/install-lock.ts');
  try {
    const work = async (): Promise<string[]> => await repairLayers(stateDir, effects.env);
    for (const path of (await unlessInstalling(commonDir, effects, work)) ?? [])
      await log(`put back: ${path}`);
  } catch (error) {
    await log(`cannot be put back: ${String(error)}`);
  }
}
