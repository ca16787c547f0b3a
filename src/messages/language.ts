/** The languages that there are messages in. */
export type Language = 'en' | 'zh-cn';

/** Simplified Chinese as a locale of POSIX (`zh_CN.UTF-8`) or a language tag (`zh-Hans`). We write UTF-8 alone. */
const SIMPLIFIED_CHINESE = /^zh(?:[_-](?:hans(?:[_-][a-z]{2})?|cn|sg))?(?:\.utf-?8)?(?:@.*)?$/i;

/**
 * The language to talk in. The first that is set decides: `CODEARTS_HOOKS_LANG`, the user's preference, then the locale
 * as POSIX has it. What is no Simplified Chinese is English.
 *
 * @param preferred the preference `language`
 * @see locale(7), "LC_ALL"
 */
export function languageOf(
  env: Readonly<Record<string, string | undefined>>,
  preferred: string | null,
): Language {
  const named = [env['CODEARTS_HOOKS_LANG'], preferred, env['LC_ALL'], env['LC_MESSAGES'], env['LANG']];
  return SIMPLIFIED_CHINESE.test(named.find(Boolean) ?? '') ? 'zh-cn' : 'en';
}
