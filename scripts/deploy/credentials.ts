/** The key of who deploys: from the environment, or asked for. It is written nowhere. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Credentials } from './managed-cloud';

type Variables = Readonly<Record<string, string | undefined>>;

/** `undefined` where it is not in the environment. */
export function credentialsIn(environment: Variables): Credentials | undefined {
  const secretId = environment['TENCENTCLOUD_SECRETID'] ?? environment['TENCENTCLOUD_SECRET_ID'];
  const secretKey = environment['TENCENTCLOUD_SECRETKEY'] ?? environment['TENCENTCLOUD_SECRET_KEY'];
  const token = environment['TENCENTCLOUD_SESSIONTOKEN'];
  if (!secretId || !secretKey) return undefined;
  return { secretId, secretKey, ...(token ? { token } : {}) };
}

/** What is typed is not shown. */
export async function askForCredentials(): Promise<Credentials> {
  let isHidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk);
      done();
    },
  });
  const questions = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const secretId = await questions.question(
      'SecretId (https://console.cloud.tencent.com/cam/capi): ',
    );
    process.stdout.write('SecretKey (not shown): ');
    isHidden = true;
    const secretKey = await questions.question('');
    process.stdout.write('\n');
    return { secretId: secretId.trim(), secretKey: secretKey.trim() };
  } finally {
    questions.close();
  }
}
