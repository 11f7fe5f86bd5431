/** The connections of a deployed function to the database, seen from between them. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sdkVariables } from '#local-cloud/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MAX_IDLE_MS } from '../../../../cloudfunctions/shared/session/connections';
import { startTcpProxy, type TcpProxy } from '../../../../scripts/lib/tcp-proxy';
import { root } from '../../../../scripts/project/root';
import { openCloud, type TestCloud } from '../../../support/local-cloud';
import { LIN, PHONE } from '../../../support/people';

let cloud: TestCloud;
let proxy: TcpProxy;
let instance: ChildProcess;

beforeEach(async () => {
  cloud = await openCloud();
  proxy = await startTcpProxy(cloud.port);
  instance = fork(`${root}/test/support/instance.cjs`, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      CLOCK: 'stopped',
      BUNDLE: `${root}/dist/cloudfunctions/login/index.js`,
      ...sdkVariables(`http://127.0.0.1:${proxy.port}`),
      WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID',
      WX_OPENID: LIN.openid,
      WX_APPID: LIN.appid,
      TCB_CONTEXT_KEYS: 'TCB_SOURCE',
      TCB_SOURCE: 'wx_client',
    },
  });
});
afterEach(async () => {
  instance.kill('SIGKILL');
  await once(instance, 'exit');
  await proxy.close();
  await cloud.close();
});

async function signIn(times: number): Promise<unknown[]> {
  const answered = once(instance, 'message');
  instance.send({ event: { device: { name: PHONE.name } }, times });
  const [outcomes] = (await answered) as [{ reply: { ok: boolean; code?: string } }[]];
  return outcomes.map(({ reply }) => (reply.ok ? 'ok' : reply.code));
}

const pass = (ms: number): boolean => instance.send({ passMs: ms });

describe('an instance', () => {
  test('keeps its connection from call to call', async () => {
    expect(new Set(await signIn(10))).toEqual(new Set(['ok']));
    expect(proxy.connections).toBe(1);
  });

  // Windows can't stop and continue a process.
  (process.platform === 'win32' ? test.skip : test)(
    'that was frozen while the server closed its connections signs people in',
    async () => {
      await signIn(1);
      for (let i = 0; i < 3; i += 1) {
        instance.kill('SIGSTOP');
        proxy.closeConnections();
        // The instance sees the call before it learns that its connection was closed.
        pass(MAX_IDLE_MS + 1);
        const answer = signIn(1);
        instance.kill('SIGCONT');
        expect(await answer).toEqual(['ok']);
      }
      expect(proxy.connections).toBe(4);
    },
  );

  test('gives up a connection that has been idle for long, without having been frozen', async () => {
    await signIn(1);
    pass(MAX_IDLE_MS + 1);
    expect(await signIn(1)).toEqual(['ok']);
    expect(proxy.connections).toBe(2);
  });
});
