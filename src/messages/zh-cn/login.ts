import type { Catalogue } from '../../core/translate.ts';

/** Logging in and out, and what is checked on the way to the service: `commands/login.ts`, `whoami.ts`. */
export const loginZhCn: Catalogue = {
  none: '无',
  'mend that setting': '请修正该设置',
  '{0}, from {1}': '{0}，来自 {1}',
  'from {0}': '来自 {0}',
  "checked, CAs are node's and the CA file that you have named":
    '检查证书，使用 node 自带的 CA 和您指定的 CA 文件',
  "checked, CAs are node's": '检查证书，使用 node 自带的 CA',
  'not checked for {0}: whoever answers there gets your credentials':
    '不检查 {0} 的证书：任何应答者都会获得您的凭证',
  'name the CA: git config --global http.sslCAInfo <file>, and empty "insecure-hosts"':
    '请指定 CA：git config --global http.sslCAInfo <file>，并清空 "insecure-hosts"',
  'no endpoint is known': '终端节点未知',
  'no endpoint is known here': '此处终端节点未知',
  '{0}; what KooCLI has is encrypted, and not read': '{0}；KooCLI 的凭证已加密，不会读取',
  'try again later': '请稍后重试',
  'takes you': '接受您的凭证',
  'standard input': '标准输入',
  'the terminal': '终端',
  'there is no terminal to ask on': '没有可供询问的终端',
  'standard input is too long for credentials': '标准输入过长，不是凭证',
  'no credentials were given': '未提供凭证',
  'give ak and sk, or user, password and domain, or a token':
    '请提供 ak 和 sk，或 user、password 和 domain，或 token',
  'Access key id (AK)': '访问密钥 ID（AK）',
  'Secret access key (SK)': '秘密访问密钥（SK）',
  'Account name': '账号名',
  'IAM user name': 'IAM 用户名',
  Password: '密码',
  'Token (X-Auth-Token)': 'Token（X-Auth-Token）',
  'How do you prove who you are?': '使用哪种身份凭证？',
  'Access key': '访问密钥',
  'AK and SK, the best choice': 'AK 和 SK，推荐',
  'IAM user and password': 'IAM 用户名和密码',
  Token: 'Token',
  'ends after a day': '一天后失效',
  'a password is for a token, and that for a region': '密码用于获取 Token，而 Token 需要区域',
  'logged in to {0}': '已登录 {0}',
  "the config names {0}, which is not Huawei Cloud's and not approved here":
    '配置使用了 {0}，它不是华为云的主机，且在本机未获批准',
  'codearts-hooks trust shows it and asks': 'codearts-hooks trust 会显示并询问',
  'nothing was stored; change that setting, then log in again': '未保存任何凭证；请修改该设置，然后重新登录',
  'nothing was stored; check what you pasted, and that the key is of this account and enabled':
    '未保存任何内容；请检查粘贴的内容，并确认密钥属于该账号且已启用',
  'could not be verified: {0}': '无法验证：{0}',
  'try again later, or store it unverified: codearts-hooks login --no-verify':
    '请稍后重试，或不经验证直接保存：codearts-hooks login --no-verify',
  'the credentials could not be stored: {0}': '无法保存凭证：{0}',
  'mend that, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the environment':
    '请解决该问题，或在环境变量中设置 HUAWEICLOUD_SDK_AK 和 HUAWEICLOUD_SDK_SK',
  'stored in {0}': '已保存到 {0}',
  'stored in {0}, readable by you alone, not encrypted': '已保存到 {0}，仅您可读，未加密',
  'what is set in your environment': '环境变量中的设置',
  '{0} comes before it, as long as it is set': '只要设置了 {0}，它就优先生效',
  'the credentials could not be removed: {0}': '无法删除凭证：{0}',
  'mend that and log out again, or remove that file': '请解决该问题后重新退出，或删除该文件',
  'nothing was stored': '没有保存的凭证',
  'logged out of {0}': '已退出 {0}',
  '{0} is still set in your environment': '环境变量中仍设置了 {0}',
};
