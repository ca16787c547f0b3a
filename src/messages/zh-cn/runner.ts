import type { Catalogue } from '../../core/translate.ts';
import { noticeZhCn } from './notice.ts';
import { reasonsZhCn } from './reasons.ts';

/** What the runner says: no more than that is in its file. */
export const runnerZhCn: Catalogue = { ...noticeZhCn, ...reasonsZhCn };
