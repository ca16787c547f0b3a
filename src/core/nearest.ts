import leven from 'leven';

/** The word of a list that was probably meant; null: none is near. */
export function nearestTo(word: string, known: readonly string[]): string | null {
  const [best] = known
    .map((name) => ({ name, distance: leven(name.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, word.length / 3) ? best.name : null;
}
