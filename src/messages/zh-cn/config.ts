import type { Catalogue } from '../../core/translate.ts';

/** What is wrong with a config or the preferences; said after the name of the key or the file: `config/`. */
export const configZhCn: Catalogue = {
  'has only patterns with "!", which take back what an earlier one gave: nothing matches':
    '只有带 "!" 的模式，它们用于排除前面已匹配的内容：没有任何匹配',
  'is matched against the short name; write {0}': '与短名称匹配；请写作 {0}',
  'is matched against paths from the top of the repository; write {0}':
    '与相对于仓库根目录的路径匹配；请写作 {0}',
  'names a folder, and only files are matched; write {0}': '是目录，而只匹配文件；请写作 {0}',
  'has {0}, which is no set of letters and digits, and is taken as it is':
    '含有 {0}，它不是字母和数字的集合，将按原样匹配',
  'has the range {0}, in which nothing is': '含有空的范围 {0}',
  'is nested more than {0} levels deep': '嵌套超过 {0} 层',
  'is not a file': '不是文件',
  'cannot be read': '无法读取',
  'is too large: {0} bytes, at most {1}': '过大：{0} 字节，最多 {1} 字节',
  '{0} is no placeholder; did you mean {1}': '{0} 不是占位符；是否应为 {1}',
  '{0} is no placeholder; write {1} for the text itself': '{0} 不是占位符；如需该文本本身，请写作 {1}',
  'must be {0}': '必须是 {0}',
  ' or ': ' 或 ',
  'must be a list of strings': '必须是字符串列表',
  'must be a list: the program, then its arguments': '必须是列表：先是程序，然后是其参数',
  'must be a URL, or "" for none': '必须是 URL；"" 表示不使用',
  'must be the path of a file': '必须是文件路径',
  'must be a JSON object': '必须是 JSON 对象',
  'is not valid JSON': '不是有效的 JSON',
  'is larger than 64 KB': '超过 64 KB',
  'your preferences in {0} cannot be read': '无法读取 {0} 中的个人偏好',
  'your preferences in {0} are not valid JSON': '{0} 中的个人偏好不是有效的 JSON',
  'mend or remove that file': '请修正或删除该文件',
  'not valid JSON: {0}': '不是有效的 JSON：{0}',
  'must be a job id of 32 letters and digits, or the address of the task':
    '必须是由 32 位字母和数字组成的构建任务 ID，或任务页面的地址',
  'has no id of a job; open the build task in the console, and copy the address of that page':
    '其中没有构建任务的 ID；请在控制台打开该构建任务，并复制该页面的地址',
  'is not valid': '无效',
  'must be a region such as cn-north-4': '必须是区域，例如 cn-north-4',
  'another job is called {0} too': '另一个构建任务也名为 {0}',
  'has an effect only with "trigger": "execute"': '仅在 "trigger": "execute" 时有效',
  'must be {0}, not {1}': '必须是 {0}，而不是 {1}',
  'must be {0}, not {1}, did you mean {2}?': '必须是 {0}，而不是 {1}；是否应为 {2}？',
  'is missing': '缺失',
  'must not be empty': '不能为空',
  'may not be set in a committed file; it belongs to each user': '不能写在提交的文件中；它属于各个用户',
  'unknown key; it is ignored': '未知的键，将被忽略',
  'unknown key, did you mean {0}?; it is ignored': '未知的键，将被忽略；是否应为 {0}？',
  '{0} is not on the list of regions with CodeArts Build; its host is {1} by the rule':
    '{0} 不在提供编译构建服务的区域列表中；按规则其主机为 {1}',
  'documents name two hosts for {0}; if {1} does not answer, set "endpoint" to devcloud.{2}.myhuaweicloud.com':
    '文档中 {0} 有两个主机；若 {1} 无响应，请将 "endpoint" 设为 devcloud.{2}.myhuaweicloud.com',
};
