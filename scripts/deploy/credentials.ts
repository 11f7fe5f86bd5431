/** The key to the cloud: from the environment, or typed. It is written nowhere. */
import { createInterface } from 'node:readline/promises';
import { Writable, type Readable } from 'node:stream';
import { UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import type { Credentials } from './managed-cloud';

type Variables = Readonly<Record<string, string | undefined>>;

const WHERE = 'https://console.cloud.tencent.com/cam/capi';

/** `undefined` where it is not in the environment. */
export function credentialsIn(environment: Variables): Credentials | undefined {
  const { secretId, secretKey } = keyIn(environment);
  const token = environment['TENCENTCLOUD_SESSIONTOKEN'];
  if (!secretId || !secretKey) return undefined;
  return { secretId, secretKey, ...(token ? { token } : {}) };
}

/** Whether somebody has begun to set it. */
export function hasPartOfKey(environment: Variables): boolean {
  return Object.keys(keyIn(environment)).length > 0;
}

function keyIn(environment: Variables): Partial<Record<'secretId' | 'secretKey', string>> {
  const secretId = environment['TENCENTCLOUD_SECRETID'] ?? environment['TENCENTCLOUD_SECRET_ID'];
  const secretKey = environment['TENCENTCLOUD_SECRETKEY'] ?? environment['TENCENTCLOUD_SECRET_KEY'];
  return { ...(secretId && { secretId }), ...(secretKey && { secretKey }) };
}

/**
 * Where the key comes from: the environment, or whoever is asked for it once it is needed.
 *
 * @throws UsageError where it is not in the environment and there is nobody to ask
 */
export function requireCredentials(
  environment: Variables,
  ask?: () => Promise<Credentials>,
): () => Promise<Credentials> {
  const credentials = credentialsIn(environment);
  if (credentials !== undefined) return () => Promise.resolve(credentials);
  if (ask !== undefined) return ask;
  const { secretId, secretKey } = keyIn(environment);
  const missing = [
    ...(secretId === undefined ? ['TENCENTCLOUD_SECRETID'] : []),
    ...(secretKey === undefined ? ['TENCENTCLOUD_SECRETKEY'] : []),
  ];
  throw new UsageError(
    text({
      zh: `没有云端的密钥，这里也不能询问：请设置 ${missing.join(' 和 ')}（访问管理 → API 密钥管理，${WHERE}）。`,
      en: `There is no key to the cloud, and it can't be asked for here: set ${missing.join(' and ')} (访问管理 → API 密钥管理, ${WHERE}).`,
    }),
  );
}

/**
 * What is typed is not shown.
 *
 * @throws UsageError where the input ends, or nothing is typed
 */
export async function askForCredentials(
  input: Readable = process.stdin,
  shown: Writable = process.stdout,
): Promise<Credentials> {
  let isHidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) shown.write(chunk);
      done();
    },
  });
  const questions = createInterface({ input, output, terminal: true });
  // A question that is never answered settles no more.
  const closed = new Promise<string>((resolve) => {
    questions.once('close', () => resolve(''));
  });
  const ask = async (question: string, name: string): Promise<string> => {
    const answer = await Promise.race([questions.question(question), closed]);
    if (answer.trim() === '')
      throw new UsageError(text({ zh: `没有输入 ${name}。`, en: `No ${name} was given.` }));
    return answer.trim();
  };
  try {
    const secretId = await ask(`SecretId (${WHERE}): `, 'SecretId');
    shown.write(text({ zh: 'SecretKey（不显示）：', en: 'SecretKey (not shown): ' }));
    isHidden = true;
    const secretKey = await ask('', 'SecretKey');
    return { secretId, secretKey };
  } finally {
    if (isHidden) shown.write('\n');
    questions.close();
  }
}
