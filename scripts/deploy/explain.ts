import type { CloudApiError } from './cloud';

const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [
    /^AuthFailure\.(SecretIdNotFound|SignatureFailure|InvalidSecretId)/,
    'The SecretId or the SecretKey is wrong. Look at https://console.cloud.tencent.com/cam/capi.',
  ],
  [/^AuthFailure\.SignatureExpire/, 'The clock of this machine is off: set it, and run again.'],
  [
    /^(AuthFailure|UnauthorizedOperation)/,
    'This key may not do that: grant it QcloudTCBFullAccess and QcloudSCFFullAccess (访问管理 → 用户 → 关联策略).',
  ],
  [
    /^(ResourceNotFound|InvalidParameter).*Env|EnvNotFound|not found$/i,
    'There is no such environment under this key: look at 云开发控制台 → 设置 → 环境 ID, and whether the key is of the same account.',
  ],
  [/^LimitExceeded/, 'The plan of this environment allows no more: 云开发控制台 → 设置 → 套餐.'],
  [
    /^RequestLimitExceeded/,
    'The platform asks to go slower: run again in a minute. What is done stays done.',
  ],
  [
    /^(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET)/,
    'The management API could not be reached: check the network, and HTTPS_PROXY if you use one.',
  ],
];

/** What failed while doing what, and what to do. */
export function explain(error: CloudApiError): string {
  const { code, message, doing } = error;
  const advice = ADVICE.find(([pattern]) => pattern.test(code) || pattern.test(message))?.[1];
  return [
    `Failed while ${doing}: ${message} (${code}).`,
    advice ?? 'Run again: what is done stays done, and the rest is done then.',
  ].join('\n');
}
