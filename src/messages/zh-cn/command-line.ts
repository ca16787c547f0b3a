import type { Catalogue } from '../../core/translate.ts';

/** What the parser says, and how errors begin. */
export const commandLineZhCn: Catalogue = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Examples:': '示例：',
  "error: unknown command '{0}'": '错误：未知命令“{0}”',
  "error: unknown option '{0}'": '错误：未知选项“{0}”',
  "error: missing required argument '{0}'": '错误：缺少必需参数“{0}”',
  "error: option '{0}' argument missing": '错误：选项“{0}”缺少参数值',
  "error: too many arguments for '{0}': {1} expected, {2} given":
    '错误：命令“{0}”的参数过多：应为 {1} 个，实际为 {2} 个',
  '(Did you mean {0}?)': '（是否要输入 {0}？）',
  '(Did you mean one of {0}?)': '（是否要输入以下之一：{0}？）',
  'hint: codearts-hooks --help': '提示：codearts-hooks --help',
  'git push starts your Huawei Cloud CodeArts build.': 'git push 即启动华为云 CodeArts 编译构建。',
  'print the version': '显示版本号',
  'show this help': '显示帮助',
  'All commands take -C <dir>, --quiet, --verbose, --no-color and --help.':
    '所有命令均支持 -C <dir>、--quiet、--verbose、--no-color 和 --help。',
  'as if called in this folder': '在该目录下执行',
  'say nothing but errors': '除错误外不输出任何信息',
  'say more': '输出更多信息',
  'no colour': '不使用颜色',
  '--{0} and --no-{1} cannot both be meant': '不能同时使用 --{0} 和 --no-{1}',
  'error:': '错误：',
  'hint:': '提示：',
  'cause: {0}': '原因：{0}',
  'this is a bug in codearts-hooks: {0}': '这是 codearts-hooks 的缺陷：{0}',
  'run again with --verbose and report it': '请加上 --verbose 重新运行，并反馈此问题',
};
