import type { Catalogue } from '../../core/translate.ts';

/** Commands on pushes and on the queue: `trigger`, `explain`, `flush`, `redeliver`, `discard`, `sandbox`, `demo`. */
export const queueZhCn: Catalogue = {
  'the queue could not be changed: {0}': '无法更改队列：{0}',
  'see {0}/log': '请参见 {0}/log',
  'a throwaway repository with a bare remote, and CodeArts Build played by {0}':
    '一个带有裸远程仓库的临时仓库，编译构建服务由 {0} 模拟',
  'a request': '请求',
  'CodeArts Build received, after git push had ended:': 'git push 结束后，编译构建服务收到：',
  'the end of the runner': 'runner 的结束',
  'the request was answered with {0}': '请求的结果为 {0}',
  'git push started build #{0} ({1})': 'git push 启动了构建 #{0}（{1}）',
  'the repository could not be made: {0}': '无法创建仓库：{0}',
  '{0} did not come': '未等到 {0}',
  '{0} is no trigger yet: {1}': '{0} 尚未成为触发：{1}',
  'codearts-hooks flush asks the remote again': 'codearts-hooks flush 会再次询问远程仓库',
  'note: not installed here, a push starts nothing; run codearts-hooks install':
    '注意：此处未安装，推送不会启动构建；请运行 codearts-hooks install',
  'note: turned off here by git config codearts-hooks.enabled':
    '注意：此处已由 git config codearts-hooks.enabled 关闭',
  'note: {0}; set "region" in codearts-hooks.json': '注意：{0}；请在 codearts-hooks.json 中设置 "region"',
  'note: the jobs are not approved here, triggers wait; run codearts-hooks trust':
    '注意：构建任务在本机未获批准，触发将等待；请运行 codearts-hooks trust',
  new: '新建',
  '{0} to {1}: {2}': '{0} 推送到 {1}：{2}',
  'note: {0}': '注意：{0}',
  'by default': '默认',
  starts: '将启动',
  'does not start: {0}': '不启动：{0}',
  '{0}, 1 commit': '{0}，1 个提交',
  '{0}, {1} commits': '{0}，{1} 个提交',
  '{0} pushes have an id that starts with {1}': '有 {0} 次推送的 ID 以 {1} 开头',
  'no push has the id {0}': '没有 ID 为 {0} 的推送',
  'nothing was waiting': '没有等待中的内容',
  'the runner ended with {0}: {1}': 'runner 以 {0} 退出：{1}',
  'no message': '无信息',
  '--wait takes seconds, not {0}': '--wait 的值应为秒数，而不是 {0}',
  'no remote is called {0}': '没有名为 {0} 的远程仓库',
  'HEAD is on no branch': 'HEAD 不在任何分支上',
  '{0} is no branch or tag': '{0} 不是分支或标签',
  'name a branch or a tag: git branch --all, git tag': '请指定分支或标签：git branch --all、git tag',
  '{0} leads to no commit': '{0} 未指向任何提交',
  '{0} belongs to another user (root, after sudo git push?), and nothing can be queued':
    '{0} 属于其他用户（执行过 sudo git push？），无法加入队列',
  '1 file belongs to another user (root, after sudo git push?), and cannot be read: {0}':
    '有 1 个文件属于其他用户（执行过 sudo git push？），无法读取：{0}',
  '{0} files belong to another user (root, after sudo git push?), and cannot be read: {1}':
    '有 {0} 个文件属于其他用户（执行过 sudo git push？），无法读取：{1}',
  '1 damaged file was put aside in {0}': '有 1 个损坏的文件已移至 {0}',
  '{0} damaged files were put aside in {1}': '有 {0} 个损坏的文件已移至 {1}',
  'look at them, then remove them: {0}': '请查看后删除：{0}',
  'nothing to redeliver was named': '未指定要重新发送的内容',
  'codearts-hooks redeliver <id>, or codearts-hooks redeliver --failed':
    'codearts-hooks redeliver <id>，或 codearts-hooks redeliver --failed',
  'nothing has failed': '没有失败的触发',
  '{0}: it is not in the queue; look again with codearts-hooks history':
    '{0}：不在队列中；请用 codearts-hooks history 查看',
  '# or, to see requests signed: export HUAWEICLOUD_SDK_AK={0} HUAWEICLOUD_SDK_SK={1}':
    '# 或者，查看签名请求：export HUAWEICLOUD_SDK_AK={0} HUAWEICLOUD_SDK_SK={1}',
  'the sandbox listens; in another terminal run the lines above, then git push. Ctrl-C ends it.':
    '模拟服务正在监听；请在另一个终端执行以上各行，然后 git push。按 Ctrl-C 结束。',
  '--port takes a number from 0 to 65535, not {0}': '--port 的值应为 0 到 65535 的数字，而不是 {0}',
  'name one: codearts-hooks trigger --job <name>': '请指定一个：codearts-hooks trigger --job <name>',
  'no job is called {0}': '没有名为 {0} 的构建任务',
  'nothing says where to send it': '没有说明发送到哪里',
  'no notification: {0}': '无法显示通知：{0}',
};
