/** What a catalogue has for each English text; `{0}`, `{1}` stand for its values, in any order. */
export type Catalogue = Readonly<Record<string, string>>;

let catalogue: Catalogue = {};

/** Has all that is said from now on come from this catalogue; what it lacks stays English. */
export function useCatalogue(messages: Catalogue): void {
  catalogue = messages;
}

/**
 * Text for people, in their language: `` t`${count} wait` ``. The English text is its own key, `{0} wait` here.
 * Where a sentence differs by number, there are two of them, each whole.
 */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const key = parts.reduce((text, part, n) => `${text}{${n - 1}}${part}`);
  return (catalogue[key] ?? key).replaceAll(/\{(\d+)\}/g, (whole, n: string) =>
    String(values[Number(n)] ?? whole),
  );
}
