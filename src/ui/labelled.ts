/**
 * A word with a colon and what it is about, `error: ...`; Chinese has its colon without a blank.
 *
 * @param paint the colour of the word
 */
export function labelled(
  label: string,
  text: string,
  paint: (label: string) => string = (plain) => plain,
): string {
  return `${paint(label)}${label.endsWith('：') ? '' : ' '}${text}`;
}
