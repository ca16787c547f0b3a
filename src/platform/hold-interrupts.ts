import { ENDING_SIGNALS } from './signals.ts';

/**
 * Does something that must not be left half done: the signals that would end this process are only noted meanwhile.
 *
 * @param work is given a question: whether one has come
 */
export async function holdInterrupts<T>(work: (isInterrupted: () => boolean) => Promise<T>): Promise<T> {
  let isInterrupted = false;
  const note = (): void => {
    isInterrupted = true;
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, note);
  try {
    return await work(() => isInterrupted);
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, note);
  }
}
