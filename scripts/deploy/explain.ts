import { text, type Text } from '../lib/language';
import type { CloudApiError } from './cloud';

const ADVICE: readonly (readonly [code: RegExp, advice: Text])[] = [
  [
    /^AuthFailure\.(SecretIdNotFound|SignatureFailure|InvalidSecretId)/,
    {
      zh: 'SecretId 或 SecretKey 不对，请核对：https://console.cloud.tencent.com/cam/capi',
      en: 'The SecretId or the SecretKey is wrong. Look at https://console.cloud.tencent.com/cam/capi.',
    },
  ],
  [
    /^AuthFailure\.SignatureExpire/,
    {
      zh: '本机的时间不准：校准之后再运行。',
      en: 'The clock of this machine is off: set it, and run again.',
    },
  ],
  [
    /^(AuthFailure|UnauthorizedOperation)/,
    {
      zh: '这个密钥没有权限：请授予 QcloudTCBFullAccess 和 QcloudSCFFullAccess（访问管理 → 用户 → 关联策略）。',
      en: 'This key may not do that: grant it QcloudTCBFullAccess and QcloudSCFFullAccess (访问管理 → 用户 → 关联策略).',
    },
  ],
  [
    /^(ResourceNotFound|InvalidParameter).*Env|EnvNotFound|not found$/i,
    {
      zh: '这个密钥名下没有这个环境：请核对云开发控制台 → 设置 → 环境 ID，以及密钥是否属于同一个账号。',
      en: 'There is no such environment under this key: look at 云开发控制台 → 设置 → 环境 ID, and whether the key is of the same account.',
    },
  ],
  [
    /^LimitExceeded/,
    {
      zh: '超出了这个环境的套餐配额：云开发控制台 → 设置 → 套餐。',
      en: 'The plan of this environment allows no more: 云开发控制台 → 设置 → 套餐.',
    },
  ],
  [
    /^RequestLimitExceeded/,
    {
      zh: '请求太频繁：一分钟后再运行。已经做完的不会丢。',
      en: 'The platform asks to go slower: run again in a minute. What is done stays done.',
    },
  ],
  [
    /^(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET)/,
    {
      zh: '连不上管理端接口：请检查网络；用代理的话，还有 HTTPS_PROXY。',
      en: 'The management API could not be reached: check the network, and HTTPS_PROXY if you use one.',
    },
  ],
];

const RUN_AGAIN = {
  zh: '请再运行一次：已经做完的不会重做，其余的接着做完。',
  en: 'Run again: what is done stays done, and the rest is done then.',
};

/** What failed while doing what, and what to do: each in a line of its own. */
export function explain(error: CloudApiError): string {
  const { code, message, doing } = error;
  const advice = ADVICE.find(([pattern]) => pattern.test(code) || pattern.test(message))?.[1];
  return [
    text({
      zh: `${doing}时失败：${message}（${code}）。`,
      en: `Failed while ${doing}: ${message} (${code}).`,
    }),
    text(advice ?? RUN_AGAIN),
  ].join('\n');
}
