import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../../scripts/project/root';
import { bearer, json, deployedGateway } from '../../support/deployed-gateway';
import { CLIENT } from '../../support/gateway';
import type { Answer } from '../../support/local-cloud';
import { LIN } from '../../support/people';
import { hasCommands, testWhere } from '../../support/test-where';

const gateway = deployedGateway();
const { send, signIn } = gateway;

describe('everything else', () => {
  test.each(['/', '/v1', '/v1/nothing', '/v2/login', '/v1/login/x', '/.env'])(
    '%s says nothing',
    async (path) => {
      const { status, body } = await send('GET', path);
      expect([status, body]).toEqual([
        404,
        { type: 'about:blank', title: 'Not found.', status: 404 },
      ]);
    },
  );

  test.each([
    ['GET', '/v1/login', 'POST'],
    ['POST', '/v1/session', 'GET, HEAD'],
    ['PUT', '/v1/sessions/x', 'DELETE'],
  ])('%s %s is not a method of it', async (method, path, allow) => {
    const response = await fetch(`${gateway.cloud.url}/http/gateway${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  test('it also answers behind a path of its own', async () => {
    const token = await signIn();
    const { status } = await send('GET', '/gateway/v1/session', bearer(token));
    expect(status).toBe(200);
  });

  test('the database being down is 503, and the session is good again afterwards', async () => {
    const token = await signIn();
    await gateway.cloud.control({ fault: { kind: 'databaseDown' } });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(503);
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-down' };
    expect((await send('POST', '/v1/login', json(login))).status).toBe(503);
    await gateway.cloud.control({ fault: null });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(200);
  });

  test('web pages may call only if they are configured', async () => {
    const event = (origin: string, httpMethod: string) => ({
      path: '/v1/session',
      httpMethod,
      headers: { origin },
      queryStringParameters: {},
      requestContext: {},
      body: '',
      isBase64Encoded: false,
    });
    const call = (origin: string, method: string): Promise<Answer> =>
      gateway.cloud.call('gateway', { source: 'wx_http' }, event(origin, method));
    expect(await call('https://a.example', 'OPTIONS')).toMatchObject({
      statusCode: 204,
      headers: { 'access-control-allow-origin': 'https://a.example' },
    });
    expect(await call('https://a.example', 'GET')).toMatchObject({
      statusCode: 401,
      headers: { 'access-control-allow-origin': 'https://a.example' },
    });
    const foreign = await call('https://b.example', 'GET');
    expect(foreign['headers']).not.toHaveProperty('access-control-allow-origin');
  });

  test.each([
    [{ openid: 'o', appid: 'wx-app', source: 'wx_client' }],
    [{ source: 'wx_client' }],
    [{ source: 'wx_trigger' }],
    [{ source: 'scf' }],
    [{ openid: 'o', source: 'wx_http' }],
  ])('a caller that is not HTTP access gets nowhere: %j', async (caller) => {
    const token = await signIn();
    const event = {
      path: '/v1/session',
      httpMethod: 'GET',
      headers: { authorization: `Bearer ${token}` },
    };
    expect(await gateway.cloud.call('gateway', caller, event)).toMatchObject({ statusCode: 404 });
  });

  test('a call by a phone, on a runtime that clears no variables, locks nobody out of the instance', async () => {
    const token = await signIn();
    expect(await gateway.cloud.call('gateway', LIN, {})).toMatchObject({ statusCode: 404 });
    await gateway.cloud.control({ fault: { kind: 'staleIdentity' } });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(200);
    const calls = (await gateway.cloud.calls()).filter((call) => call.function === 'gateway');
    expect(new Set(calls.map(({ instance }) => instance)).size).toBe(1);
  });

  test.each([null, 'text', [], {}, { path: 1 }, { path: '/', httpMethod: 'A B', headers: {} }])(
    'an event such as %j is answered, not thrown at',
    async (event) => {
      expect(await gateway.cloud.call('gateway', { source: 'wx_http' }, event)).toMatchObject({
        statusCode: 404,
      });
    },
  );
});

testWhere(hasCommands('sh', 'curl'))('the session in the README can be had by hand', async () => {
  const readme = readFileSync(`${root}/cloudfunctions/gateway/README.md`, 'utf8');
  const [, script = ''] = /By hand|by hand[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const steps = script.split('\n\n').map((step) => {
    const lines = step.trim().split('\n');
    const answer = lines.at(-1)?.replace(/^# /, '') ?? '';
    return { command: lines.slice(0, -1).join('\n'), answer };
  });
  expect(steps).toHaveLength(5);
  let token = '';
  let id = '';
  for (const { command, answer } of steps) {
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', command.replace('CODE', 'lin-readme')],
      {
        env: {
          PATH: process.env['PATH'],
          GATEWAY_URL: `${gateway.cloud.url}/http/gateway`,
          TOKEN: token,
          CLIENT: `${CLIENT.id}:${CLIENT.secret}`,
        },
      },
    );
    const { sessionToken, session } = JSON.parse(stdout) as {
      sessionToken?: string;
      session?: { id: string };
    };
    token = sessionToken ?? token;
    id = session?.id ?? id;
    const [shown = '', hidden] = answer
      .replace('TOKEN', token)
      .replace('"ID"', `"${id}"`)
      .split('…');
    expect(stdout.startsWith(hidden === undefined ? shown : shown.replace(/,$/, ''))).toBe(true);
  }
});
