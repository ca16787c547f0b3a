import type { Catalogue } from '../../core/translate.ts';

/** What helps to type: `commands/completion.ts`, `complete.ts`, and slips of the pen. */
export const completionZhCn: Catalogue = {
  'Print a script by which bash, zsh or fish completes commands, options, jobs, ids and refs':
    '打印脚本，供 bash、zsh 或 fish 补全命令、选项、构建任务、ID 和引用',
  'bash, zsh or fish': 'bash、zsh 或 fish',
  'What the scripts of completion ask: what there is of a kind': '补全脚本使用的命令：列出某一类的候选项',
  'events, refs, jobs or remotes, and what was typed so far':
    'events、refs、jobs 或 remotes，以及已输入的内容',
  'there is no completion for {0}, only for {1}': '没有用于 {0} 的补全，只有 {1}',
  'did you mean {0}?': '是否要输入 {0}？',
};
