import type { Catalogue } from '../../core/translate.ts';

/** The help of commands, arguments and options: `commands/index.ts`. */
export const commandsZhCn: Catalogue = {
  'Set up this repository: from now on every git push starts its builds':
    '设置本仓库：此后每次 git push 都会启动对应的构建任务',
  'show what would be done as a diff, and do nothing': '以 diff 形式显示将要做的修改，不实际执行',
  'answer every question with yes: approve the jobs, add to hooks in the work tree':
    '对所有问题回答“是”：批准构建任务，并修改工作区中的钩子',
  'in a bare repository: builds start when others push to it': '用于裸仓库：他人推送到该仓库时启动构建',
  'Take everything out again, and put earlier hooks back as they were': '卸载全部内容，并原样恢复之前的钩子',
  'drop triggers that have not been delivered, without asking': '不询问，直接丢弃尚未送达的触发',
  'Store credentials for CodeArts Build, once it has taken them':
    '保存编译构建服务（CodeArts Build）的凭证，保存前先由服务验证',
  'read them from standard input: lines ak=..., sk=..., or JSON, or a token':
    '从标准输入读取：ak=...、sk=... 各一行，或 JSON，或 Token',
  "for this region; by default the repository's": '用于该区域；默认为本仓库所用区域',
  'store them without asking the service': '不经服务验证，直接保存',
  'Forget stored credentials, and tokens got with them': '删除已保存的凭证，以及用其获取的 Token',
  'for every host, not only the one of this repository': '所有主机，而不仅是本仓库所用的主机',
  'Show where credentials are from, and whose they are; never the secret':
    '显示凭证的来源和所属账号，绝不显示密钥',
  'ask the service whether it takes them; no build is started': '由服务验证凭证是否有效，不启动构建',
  'print JSON on standard output': '在标准输出打印 JSON',
  'only add the script to the root package.json': '只向根目录的 package.json 添加脚本',
  "Show this repository's endpoint, region and jobs, and approve them":
    '显示本仓库的终端节点、区域和构建任务，并予以批准',
  'approve without asking': '不询问，直接批准',
  'take the approval back': '撤销批准',
  'Show whether hooks, config and credentials are in place, and what waits':
    '显示钩子、配置和凭证是否就绪，以及正在等待的触发',
  'Check every cause by which a push could not start its builds, and name the remedy':
    '检查可能导致推送未启动构建的所有原因，并给出解决办法',
  'mend what installing again mends': '修复重新安装即可修复的问题',
  'ask the service too; no build is started': '同时向服务查询，不启动构建',
  'push HEAD to a throwaway repository too, by all your hooks, and see ours run':
    '另将 HEAD 推送到一个临时仓库（经过您的所有钩子），确认我们的钩子已运行',
  'List the pushes, newest first, with the builds that they started':
    '列出历次推送及其启动的构建，最新的在前',
  'how many (20)': '条数（默认 20）',
  'Show one push in full: request, attempts, answer, build': '显示一次推送的详情：请求、尝试、响应、构建',
  'its id, or the first digits of it': 'ID，或其前几位',
  'Start the builds of a ref by hand': '手动启动某个引用的构建',
  'a branch, a tag, or a range <old>..<branch>; the current branch by default':
    '分支、标签或范围 <old>..<branch>；默认为当前分支',
  'this job, whatever its rules say': '指定构建任务，忽略其规则',
  'print the exact request, and send nothing': '打印完整请求，不发送',
  'wait for the answer of the service': '等待服务的响应',
  'Show which rules match a push and why the others do not, line by line':
    '逐条说明一次推送命中哪些规则，其余规则为何未命中',
  '<old>..<branch>, a branch or a tag; by default what git push would push, or has':
    '<old>..<branch>、分支或标签；默认为 git push 将要推送或已推送的内容',
  'as if pushed there (origin)': '假定推送到该远程仓库（默认 origin）',
  'Deliver now what waits': '立即发送等待中的触发',
  'in every repository that was set up on this machine': '本机上已设置的所有仓库',
  'stay for retries, a minute by default': '等待重试，默认一分钟',
  'Send again what has failed, expired or waits for you': '重新发送失败、过期或等待您处理的触发',
  'ids, or the first digits of them': 'ID，或其前几位',
  'all that has failed or expired': '所有失败或过期的触发',
  'Take out of the queue what is not to be built any more': '从队列中移除不再需要构建的触发',
  'Run a stand-in of CodeArts Build on this machine, for trying and for tests':
    '在本机运行编译构建服务的模拟服务，供试用和测试',
  'another program listens on the port {0} already': '端口 {0} 已被其他程序占用',
  'you may not listen on the port {0}': '您无权监听端口 {0}',
  'name another port, or none for any free one: codearts-hooks sandbox':
    '请指定其他端口，或不指定以使用任意空闲端口：codearts-hooks sandbox',
  'listen there (any free port)': '监听端口（默认任意空闲端口）',
  'the jobs that exist, separated by commas (all)': '存在的构建任务，以逗号分隔（默认全部）',
  'print one line of JSON when ready': '就绪后打印一行 JSON',
  'Show it: a throwaway repository, a real push, the build that it starts':
    '演示：临时仓库、真实推送，以及由此启动的构建',
  'What hook managers call: runs a shim of this repository': '供钩子管理工具调用：运行本仓库的钩子脚本',
  'the hook and its arguments': '钩子及其参数',
};
