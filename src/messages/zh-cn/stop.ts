import type { Catalogue } from '../../core/translate.ts';

/** Stopping a build: `commands/stop.ts`. */
export const stopZhCn: Catalogue = {
  'Ask the service to stop the build that a push has started': '请求服务停止一次推送启动的构建',
  'the id of the push, or the first digits of it': '推送的 ID，或其前几位',
  '{0} is being stopped': '正在停止 {0}',
  '{0} has already ended: {1}': '{0} 已经结束：{1}',
  'there is nothing to stop: codearts-hooks history': '没有可停止的构建：codearts-hooks history',
  '{0} could not be stopped: {1}': '无法停止 {0}：{1}',
  'stop it on its page in the console, or ask the owner of the job for the right to stop it':
    '请在控制台的页面上停止，或向构建任务的所有者申请停止的权限',
  'no build has been started for {0} yet ({1})': '尚未为 {0} 启动构建（{1}）',
  'to have none started: codearts-hooks discard {0}': '如不再启动：codearts-hooks discard {0}',
  'no build was started for {0} ({1})': '没有为 {0} 启动构建（{1}）',
};
