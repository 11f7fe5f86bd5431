/** What the database's refusals mean, and what to do. */
import { CommandError } from '../lib/command-error';
import type { Collection, Place } from './database';

const NETWORK = /^(E[A-Z]+|EAI_AGAIN|ESOCKETTIMEDOUT)$/;
/** https://docs.cloudbase.net/error-code/basic */
const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [
    /SIGN_|SECRET|CREDENTIAL|AUTH/i,
    'The SecretId or the SecretKey is wrong, or may not use this environment: look at https://console.cloud.tencent.com/cam/capi, and grant the key QcloudTCBFullAccess.',
  ],
  [
    /ENV/i,
    'There is no such environment under this key: look at 云开发控制台 → 设置 → 环境 ID, and whether the key is of the same account.',
  ],
];

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
    const repair = isLocal
      ? 'is this the local cloud of another project?'
      : 'run "npm run deploy", which makes it.';
    return `The collection ${collection} is not in this environment: ${repair}`;
  }
  if (isLocal && (NETWORK.test(code) || code === '')) {
    return `There is no local cloud on ${place.localUrl}: start it with "npm run local-cloud" or "npm start", and see which port it names.`;
  }
  const failed = `The collection ${collection} could not be reached: ${message} (${code || 'no code'}).`;
  if (NETWORK.test(code)) return `${failed} Check the network, and HTTPS_PROXY if you use one.`;
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  return `${failed} ${advice ?? 'Run it again.'}`;
}
