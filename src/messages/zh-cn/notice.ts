import type { Catalogue } from '../../core/translate.ts';

/** The one line at the next push. */
export const noticeZhCn: Catalogue = {
  '1 trigger waits: {0}; {1}': '有 1 个构建等待触发：{0}；{1}',
  '{0} triggers wait: {1}; {2}': '有 {0} 个构建等待触发：{1}；{2}',
  '1 trigger expired: {0}; see codearts-hooks redeliver {1}':
    '有 1 个构建触发已过期：{0}；请参见 codearts-hooks redeliver {1}',
  '{0} triggers expired: {1}; see codearts-hooks redeliver {2}':
    '有 {0} 个构建触发已过期：{1}；请参见 codearts-hooks redeliver {2}',
  '1 trigger failed: {0}; see codearts-hooks show {1}':
    '有 1 个构建触发失败：{0}；请参见 codearts-hooks show {1}',
  '{0} triggers failed: {1}; see codearts-hooks show {2}':
    '有 {0} 个构建触发失败：{1}；请参见 codearts-hooks show {2}',
  '{0} cannot be written to, so pushes wait; see codearts-hooks status':
    '{0} 无法写入，推送正在等待；请参见 codearts-hooks status',
  'see codearts-hooks status': '请参见 codearts-hooks status',
  'run codearts-hooks trust': '请运行 codearts-hooks trust',
  'set "region" in codearts-hooks.json': '请在 codearts-hooks.json 中设置 "region"',
  'run codearts-hooks login': '请运行 codearts-hooks login',
  'see codearts-hooks history': '请参见 codearts-hooks history',
  'run codearts-hooks redeliver, see codearts-hooks history':
    '请运行 codearts-hooks redeliver，参见 codearts-hooks history',
  'run codearts-hooks redeliver or discard, see codearts-hooks history':
    '请运行 codearts-hooks redeliver 或 discard，参见 codearts-hooks history',
};
