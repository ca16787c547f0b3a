import type { Catalogue } from '../../core/translate.ts';

/** Installing, approving and taking out again: `commands/install.ts`, `approve.ts`, `trust.ts`, `install/`. */
export const setUpZhCn: Catalogue = {
  'note:': '注意：',
  'warning:': '警告：',
  'codearts-hooks is installed already in {0}': 'codearts-hooks 已安装于 {0}，无需改动',
  'codearts-hooks is installed in {0}': 'codearts-hooks 已安装到 {0}',
  'codearts-hooks is not installed in {0}': 'codearts-hooks 未安装在 {0} 中',
  'next: commit {0}, for the clones of your team': '下一步：提交 {0}，供团队的其他克隆使用',
  "{0} has a work tree: it is no server's repository": '{0} 有工作区：它不是服务器上的仓库',
  'codearts-hooks install --server is for the bare repository that others push to; leave out --server':
    'codearts-hooks install --server 用于供他人推送的裸仓库；请去掉 --server',
  'Change this file of the work tree?': '修改工作区中的这个文件吗？',
  'Change these files of the work tree?': '修改工作区中的这些文件吗？',
  '{0} belongs to the work tree, so it was left as it is': '{0} 属于工作区，未作改动',
  '  {0}: run again with --yes, or add the line {1}': '  {0}：请加上 --yes 重新运行，或添加这一行 {1}',
  '  git here calls ours by its own config, whatever that file says; a git before 2.54 does not':
    '  本机的 git 通过自身配置调用我们的钩子，与该文件无关；git 2.54 之前的版本则不会',
  'next: write codearts-hooks.json and commit it, for example':
    '下一步：编写 codearts-hooks.json 并提交，例如',
  'next: set "region" in {0}: {1}': '下一步：在 {0} 中设置 "region"：{1}',
  'mend {0}': '请修正 {0}',
  'warning: {0} is not a host of Huawei Cloud; it would get your credentials':
    '警告：{0} 不是华为云的主机；它将获得您的凭证',
  'changed since it was approved:': '批准之后有改动：',
  repository: '仓库',
  endpoint: '终端节点',
  region: '区域',
  job: '构建任务',
  '{0} with {1}': '{0}，参数 {1}',
  'not set': '未设置',
  'CodeArts Build in {0}': '{0} 的编译构建服务',
  "next: codearts-hooks trust ({0} names a host that is not Huawei Cloud's)":
    '下一步：codearts-hooks trust（{0} 使用了非华为云的主机）',
  'next: codearts-hooks trust (until then pushes wait: the jobs of {0} are not approved here)':
    '下一步：codearts-hooks trust（{0} 中的构建任务在本机未获批准，在此之前推送将等待）',
  'Start these jobs from this machine?': '允许从本机启动这些构建任务吗？',
  'not approved: pushes wait until codearts-hooks trust': '未批准：推送将等待，直至执行 codearts-hooks trust',
  'nothing was approved': '没有已批准的内容',
  'no longer approved: pushes wait': '已撤销批准：推送将等待',
  'the queue is busy, so what waits in it may still be sent; try again':
    '队列正忙，其中等待的触发仍可能被发送；请重试',
  'it still counts as approved, by CODEARTS_HOOKS_TRUST or your trusted-projects':
    '由于 CODEARTS_HOOKS_TRUST 或您的 trusted-projects，它仍视为已批准',
  'approved already': '此前已批准',
  approved: '已批准',
  'not approved yet, and there is no terminal to ask on': '尚未批准，且没有可供询问的终端',
  'there is no codearts-hooks.json to approve': '没有可批准的 codearts-hooks.json',
  'mend it, then run codearts-hooks trust again': '请修正后重新运行 codearts-hooks trust',
  '1 trigger has not been delivered and would be lost': '有 1 个触发尚未送达，将会丢失',
  '{0} triggers have not been delivered and would be lost': '有 {0} 个触发尚未送达，将会丢失',
  'codearts-hooks flush, or codearts-hooks uninstall --force':
    'codearts-hooks flush，或 codearts-hooks uninstall --force',
  'dropped: {0} {1}': '已丢弃：{0} {1}',
  'codearts-hooks is out of {0}': 'codearts-hooks 已从 {0} 中卸载',
  'Drop 1 trigger that has not been delivered?': '丢弃 1 个尚未送达的触发吗？',
  'Drop {0} triggers that have not been delivered?': '丢弃 {0} 个尚未送达的触发吗？',
  '# nothing to do: all is in place': '# 无需改动：一切就绪',
  '# {0}: {1} files of codearts-hooks itself': '# {0}：codearts-hooks 自身的 {1} 个文件',
  '# remove {0}': '# 删除 {0}',
  '# make the folder {0}': '# 创建目录 {0}',
  'no shim for the hook {0}': '没有用于钩子 {0} 的脚本',
  'one of {0}': '可选：{0}',
  'git cannot set {0}: {1}': 'git 无法设置 {0}：{1}',
  'see that .git/config can be written, and that no config.lock is left beside it':
    '请确认 .git/config 可写，且旁边没有残留的 config.lock',
  'the entry is gone': '配置项已不存在',
  'it names an event and no command: every hook of git fails': '只有事件而没有命令：git 的所有钩子都会失败',
  'hook.codearts-hooks.enabled is false': 'hook.codearts-hooks.enabled 为 false',
  'the entry is not as it was written': '配置项与写入时不同',
  'husky runs it, and it does not call ours': '由 husky 运行，但未调用我们的钩子',
  'lefthook has its place, and is not told of ours': '该位置由 lefthook 占用，且未配置我们的钩子',
  'it is not there': '不存在',
  'it does not call ours': '未调用我们的钩子',
  'it is not executable': '没有可执行权限',
  "core.hooksPath is set in git's {0} configuration: {1} belongs to all your repositories; call ours from the pre-push there: {2}":
    'core.hooksPath 设置在 git 的 {0} 配置中：{1} 属于您的所有仓库；请在其中的 pre-push 里调用我们的钩子：{2}',
  'core.hooksPath is {0}, which is no folder: git runs no hook from there':
    'core.hooksPath 为 {0}，它不是目录：git 不会从中运行钩子',
  'husky runs this file at a push; it would get lines that call ours':
    'husky 在推送时运行该文件；将加入几行以调用我们的钩子',
  'simple-git-hooks takes out every hook that {0} does not name; add to its pre-push: {1}':
    'simple-git-hooks 会移除 {0} 中未列出的钩子；请在其 pre-push 中加入：{1}',
  'simple-git-hooks takes out every hook that this file does not name; it would get an entry for ours':
    'simple-git-hooks 会移除该文件中未列出的钩子；将为我们的钩子加入一项',
  'git runs this file at a push; it would get lines that call ours':
    'git 在推送时运行该文件；将加入几行以调用我们的钩子',
  '{0} would be kept as {1}, but that is there already': '{0} 将保留为 {1}，但后者已存在',
  'move one of the two out of the way: {0}': '请移走其中之一：{0}',
  'lefthook runs the pre-push; tell it to run ours: a script with use_stdin, not a run job, with the line {0}':
    'pre-push 由 lefthook 运行；请配置它运行我们的钩子：使用带 use_stdin 的 script 而不是 run，内容为这一行 {0}',
  'lefthook reads this file for you alone; it would get an entry that calls ours, and a script for it':
    'lefthook 仅为您读取该文件；将加入一项以调用我们的钩子，以及相应的脚本',
  '{0} is a link': '{0} 是链接',
  '{0} is not a folder': '{0} 不是目录',
  'move it out of the way, then run codearts-hooks install again':
    '请将其移走，然后重新运行 codearts-hooks install',
  '{0} is not ours any more; the hook that was there before stays in {1}':
    '{0} 已不是我们的钩子；之前的钩子仍保留在 {1}',
};
