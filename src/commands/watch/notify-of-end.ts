import type { Preferences } from '../../config/preferences.ts';
import { t } from '../../core/translate.ts';
import { notify } from '../../platform/notify.ts';
import type { CommandContext } from '../define.ts';
import type { WatchItem } from './item.ts';
import { endWords, sourceOf, titleOf } from './words.ts';

/** Shows on the desktop how a build ended, where the user wants that. */
export async function notifyOfEnd(
  item: WatchItem,
  wish: Preferences['notify'],
  { effects: { env, clock }, directory, isVerbose, say }: CommandContext,
): Promise<void> {
  const isBad = item.end === 'failed' || item.end === 'refused';
  if (item.end === 'nothing' || wish === 'never' || (wish === 'failed' && !isBad)) return;
  const sign = item.end === 'succeeded' ? '✓' : isBad ? '✗' : '!';
  const problem = await notify(
    { title: `${sign} ${titleOf(item)}`, body: `${endWords(item, clock.now())} · ${sourceOf(item)}` },
    { env, cwd: directory },
  );
  if (problem !== null && isVerbose) say(t`no notification: ${problem}`);
}
