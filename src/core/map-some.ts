/** What `work` makes of each item, in the items' order; at most `atOnce` are worked on at the same time. */
export async function mapSome<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  // All take from one iterator: each item is worked on once.
  const take = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return results;
}
