import type { Catalogue } from '../../core/translate.ts';
import { accessZhCn } from './access.ts';
import { configZhCn } from './config.ts';
import { noticeZhCn } from './notice.ts';
import { reasonsZhCn } from './reasons.ts';
import { rulesZhCn } from './rules.ts';

/** What the runner says, and what it has stored: no more than that is in its file. */
export const runnerZhCn: Catalogue = {
  ...accessZhCn,
  ...configZhCn,
  ...noticeZhCn,
  ...reasonsZhCn,
  ...rulesZhCn,
};
