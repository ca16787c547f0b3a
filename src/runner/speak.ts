import { useCatalogue } from '../core/translate.ts';
import { languageOf } from '../messages/language.ts';
import type { RunContext } from './run-context.ts';

/**
 * What `say` gives, in the language of whoever pushes. The catalogue is in use meanwhile alone: what the runner stores and
 * logs is English.
 */
export async function inTheirLanguage(
  say: () => string,
  {
    effects,
    preferences,
  }: Pick<RunContext, 'preferences'> & { readonly effects: Pick<RunContext['effects'], 'env'> },
): Promise<string> {
  if (languageOf(effects.env, preferences.language) === 'en') return say();
  const { runnerZhCn } = await import('../messages/zh-cn/runner.ts');
  useCatalogue(runnerZhCn);
  try {
    return say();
  } finally {
    useCatalogue({});
  }
}
