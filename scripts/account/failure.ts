/** What the database's refusals mean, and what to do. */
import { CommandError } from '../lib/command-error';
import { text, type Text } from '../lib/language';
import type { Collection, Place } from './database';

const NETWORK = /^(E[A-Z]+|EAI_AGAIN|ESOCKETTIMEDOUT)$/;
/** https://docs.cloudbase.net/error-code/basic */
const ADVICE: readonly (readonly [code: RegExp, advice: Text])[] = [
  [
    /SIGN_|SECRET|CREDENTIAL|AUTH/i,
    {
      zh: 'SecretId 或 SecretKey 不对，或者无权访问这个环境：请核对 https://console.cloud.tencent.com/cam/capi ，并授予 QcloudTCBFullAccess。',
      en: 'The SecretId or the SecretKey is wrong, or may not use this environment: look at https://console.cloud.tencent.com/cam/capi, and grant the key QcloudTCBFullAccess.',
    },
  ],
  [
    /ENV/i,
    {
      zh: '这个密钥名下没有这个环境：请核对云开发控制台 → 设置 → 环境 ID，以及密钥是否属于同一个账号。',
      en: 'There is no such environment under this key: look at 云开发控制台 → 设置 → 环境 ID, and whether the key is of the same account.',
    },
  ],
];
const CHECK_NETWORK = {
  zh: '请检查网络；用代理的话，还有 HTTPS_PROXY。',
  en: 'Check the network, and HTTPS_PROXY if you use one.',
};
const RUN_AGAIN = { zh: '请再运行一次。', en: 'Run it again.' };

/** @param cause what the SDK threw or returned */
export function failureOf(cause: unknown, collection: Collection, place: Place): CommandError {
  const { code: given, message: said } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const code = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  const message = typeof said === 'string' ? said : '';
  return new CommandError(textFor(code, message, collection, place), { cause });
}

function textFor(code: string, message: string, collection: Collection, place: Place): string {
  const isLocal = 'localUrl' in place;
  if (/COLLECTION_NOT_EXIST/.test(code)) {
    return isLocal
      ? text({
          zh: `这个环境里没有集合 ${collection}：这个本地云是不是另一个项目的？`,
          en: `The collection ${collection} is not in this environment: is this the local cloud of another project?`,
        })
      : text({
          zh: `这个环境里没有集合 ${collection}：请运行 npm run deploy，由它创建。`,
          en: `The collection ${collection} is not in this environment: run "npm run deploy", which makes it.`,
        });
  }
  if (isLocal && (NETWORK.test(code) || code === '')) {
    return text({
      zh: `${place.localUrl} 上没有本地云：请用 npm run local-cloud 或 npm start 启动，并看它显示的端口。`,
      en: `There is no local cloud on ${place.localUrl}: start it with "npm run local-cloud" or "npm start", and see which port it names.`,
    });
  }
  const failed = text({
    zh: `访问集合 ${collection} 失败：${message}（${code || '没有错误码'}）。`,
    en: `The collection ${collection} could not be reached: ${message} (${code || 'no code'}). `,
  });
  const found = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  return failed + text(NETWORK.test(code) ? CHECK_NETWORK : (found ?? RUN_AGAIN));
}
