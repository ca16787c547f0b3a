import { readPreferences } from '../config/preferences.ts';
import { useCatalogue } from '../core/translate.ts';
import { languageOf } from '../messages/language.ts';
import type { Env } from '../platform/effects.ts';

/** Has this process talk in its user's language. With `--json` that is English: programs read it. */
export async function speak(argv: readonly string[], env: Env): Promise<void> {
  useCatalogue({});
  if (argv.includes('--json')) return;
  const { language } = await readPreferences(env);
  if (languageOf(env, language) === 'en') return;
  const { runnerZhCn, zhCn } = await import('../messages/zh-cn/index.ts');
  useCatalogue(zhCn, runnerZhCn);
}
