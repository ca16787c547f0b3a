import type { Catalogue } from '../../core/translate.ts';

/** Why an event is in its state: stored in English, translated for whoever reads it. */
export const reasonsZhCn: Catalogue = {
  'job {0} is not approved on this machine': '构建任务 {0} 在本机上未获批准',
};
