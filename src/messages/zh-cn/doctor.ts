import type { Catalogue } from '../../core/translate.ts';

/** What `doctor` finds, and what to do: `commands/doctor/`. */
export const doctorZhCn: Catalogue = {
  '{0} is too old': '{0} 版本过旧',
  'install git {0} or later': '请安装 git {0} 或更高版本',
  'codearts-hooks is not installed here': '此处未安装 codearts-hooks',
  'complete in {0}': '{0} 中的文件完整',
  '{0} has other versions than this package: {1}': '{0} 中的版本与本软件包不同：{1}',
  'git runs ours by {0}': 'git 通过 {0} 运行我们的钩子',
  'written; git here is too old to read it': '已写入；但本机的 git 版本过旧，不会读取',
  'git here runs hooks by its config, and ours is not in it':
    '本机的 git 通过配置运行钩子，但其中没有我们的钩子',
  'not used: git here knows hooks in files alone': '未使用：本机的 git 只支持文件形式的钩子',
  'not used': '未使用',
  '{0} calls ours': '{0} 会调用我们的钩子',
  "{0}; git's config calls ours, a git before 2.54 would not":
    '{0}；git 的配置会调用我们的钩子，但 git 2.54 之前的版本不会',
  "{0}; core.hooksPath is set in git's {1} configuration": '{0}；core.hooksPath 设置在 git 的 {1} 配置中',
  'add to that file: {0}': '请在该文件中加入：{0}',
  'hooks are where git has them': '钩子位于 git 的默认目录',
  'core.hooksPath is {0}': 'core.hooksPath 为 {0}',
  'core.hooksPath is {0}, another folder in each of the {1} worktrees: without it, no hook runs there':
    'core.hooksPath 为 {0}，在 {1} 个工作树中各指向不同的目录：缺少该目录时不会运行钩子',
  'not made: there is no commit to push': '未进行：没有可推送的提交',
  'the push was refused: {0}': '推送被拒绝：{0}',
  'see which of your hooks refuses it': '请查看是哪个钩子拒绝了推送',
  'no hook of ours ran': '我们的钩子未运行',
  'the hooks ran, and no runner came': '钩子已运行，但 runner 未启动',
  'look into {0}': '请查看 {0}',
  "a push runs ours by a file and git's config, and the runner takes it up":
    '推送通过文件和 git 的配置运行我们的钩子，并由 runner 接手',
  "a push runs ours by git's config, and the runner takes it up":
    '推送通过 git 的配置运行我们的钩子，并由 runner 接手',
  'a push runs ours by a file, and the runner takes it up': '推送通过文件运行我们的钩子，并由 runner 接手',
  'the node that hooks start is gone: {0}': '钩子所用的 node 已不存在：{0}',
  '{0} is {1}': '{0} 为 {1}',
  'codearts-hooks install, by node 20.12 or later': '请用 node 20.12 或更高版本执行 codearts-hooks install',
  'the last push found no node, and waits': '上次推送未找到 node，正在等待',
  'not there yet': '尚未创建',
  '{0} can be written': '{0} 可写',
  '{0} is not complete': '{0} 不完整',
  '{0} cannot be written: {1}': '{0} 无法写入：{1}',
  'make it yours and writable: {0}': '请将其所有者改为您并使其可写：{0}',
  "git's config can be changed": 'git 的配置可以修改',
  "{0} keeps git's config from being changed": '{0} 使 git 的配置无法修改',
  "if no git is running: rm '{0}'": "若没有 git 正在运行：rm '{0}'",
  'write one: codearts-hooks install shows how': '请编写该文件：codearts-hooks install 会显示方法',
  '{0} names no job': '{0} 中没有构建任务',
  'add one to "jobs"': '请在 "jobs" 中添加一个',
  'there is no remote to push to': '没有可推送的远程仓库',
  'the job {0} asks for {1}; the remotes are {2}': '构建任务 {0} 要求 {1}；而远程仓库为 {2}',
  'set "remotes" of the job to one of them': '请将该任务的 "remotes" 设为其中之一',
  'git config has codearts-hooks.enabled=false': 'git 配置中 codearts-hooks.enabled=false',
  'CODEARTS_HOOKS=0 is set': '已设置 CODEARTS_HOOKS=0',
  'not switched off': '未关闭',
  'none is set': '均未设置',
  '{0} is set: the hook manager that calls ours does nothing':
    '已设置 {0}：调用我们钩子的钩子管理工具不会运行',
  'none pushes without hooks': '没有绕过钩子推送的别名',
  '{0} pushes with --no-verify: branches are seen at the next run, tags never':
    '{0} 使用 --no-verify 推送：分支在下次运行时才会被发现，标签则不会',
  'git config --edit, or --global --edit: take --no-verify out of {0}':
    'git config --edit 或 --global --edit：从 {0} 中去掉 --no-verify',
  'git logs what it pushes': 'git 会记录所推送的内容',
  'core.logAllRefUpdates is off: each push has to be asked of the remote, and --no-verify is not seen':
    'core.logAllRefUpdates 已关闭：每次推送都需询问远程仓库，且无法发现 --no-verify',
};
