import leven from 'leven';
import { t } from '../core/translate.ts';

/** What a placeholder in the value of a build parameter may name. */
const PLACEHOLDERS = ['ref', 'branch', 'tag', 'before', 'after'] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

// `$${x}` stands for the text `${x}`: CodeArts has placeholders of its own, in the same spelling.
const FORM = /(\$?)\$\{([^${}]*)\}/g;

/** A text whose placeholders are known; one without its `}` is none. */
export const PLACEHOLDER_TEXT: RegExp = new RegExp(
  String.raw`^(?:\$\$\{[^$\{\}]*\}|\$\{(?:${PLACEHOLDERS.join('|')})\}|\$(?!\$?\{[^$\{\}]*\})|[^$])*$`,
);

/** What is wrong with the placeholders of a text, or null. */
export function placeholderProblem(text: string): string | null {
  for (const [, escape, name = ''] of text.matchAll(FORM)) {
    if (escape || isPlaceholder(name)) continue;
    const [best] = PLACEHOLDERS.map((known) => ({ known, distance: leven(known, name) })).sort(
      (a, b) => a.distance - b.distance,
    );
    const it = `\${${name}}`;
    return best && best.distance <= 2
      ? t`${it} is no placeholder; did you mean ${`\${${best.known}}`}`
      : t`${it} is no placeholder; write ${`$${it}`} for the text itself`;
  }
  return null;
}

/** The text with its placeholders filled in. One that has no value (the tag of a branch) is empty. */
export function fillPlaceholders(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replaceAll(FORM, (whole: string, escape: string, name: string) => {
    if (escape) return whole.slice(1);
    return isPlaceholder(name) ? values[name] : whole;
  });
}

function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}
