/**
 * What else the runtime of functions does: functions that call functions, HTTP access, timers,
 * faults, seeds.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, TestCloud } from '#local-cloud/testing';
import { openFixtureCloud } from '../../../support/fixture-functions';
import { LIN, wxContextOf } from '../../../support/people';

const SDK = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database();`;

const FUNCTIONS = {
  outer: {
    code: `${SDK} exports.main = async ({ name, data = {} }) => {
      try {
        return (await cloud.callFunction({ name, data })).result;
      } catch (error) {
        return { errCode: error.errCode, code: error.code, message: error.errMsg };
      }
    };`,
    config: { timeout: 20 },
  },
  inner: { code: `${SDK} exports.main = (event) => ({ event, context: cloud.getWXContext() });` },
  endless: {
    code: `${SDK} exports.main = async () => (await cloud.callFunction({ name: 'endless', data: {} })).result;`,
    config: { timeout: 20 },
  },
  throws: { code: `exports.main = () => { throw new Error('no'); };` },
  callback: {
    code: `exports.main = (event, context, callback) => { setTimeout(() => callback(null, { by: 'callback' })); };`,
  },
  large: { code: `exports.main = ({ bytes }) => 'x'.repeat(bytes);` },
  http: {
    code: `${SDK} exports.main = (event) => {
      if (event.path === '/plain') return { hello: 'world' };
      if (event.path === '/text') return '<p>hello</p>';
      if (event.path === '/empty') return { statusCode: 204 };
      if (event.path === '/throw') throw new Error('no');
      const body = Buffer.from(JSON.stringify({ event, context: cloud.getWXContext() }));
      return { statusCode: 201, headers: { 'X-Made': 'yes', 'Content-Type': 'application/json', 'Transfer-Encoding': 'x' }, isBase64Encoded: true, body: body.toString('base64') };
    };`,
  },
  tick: {
    code: `${SDK} exports.main = async (event) => {
      await db.collection('ticks').add({ data: { event, source: cloud.getWXContext().SOURCE } });
    };`,
    config: { triggers: [{ name: 'nightly', type: 'timer', config: '0 30 3 * * * *' }] },
  },
  write: {
    code: `${SDK} exports.main = async ({ id }) => {
      try {
        return await db.collection('things').doc(id).set({ data: { n: 1 } });
      } catch (error) {
        return { errCode: error.errCode };
      }
    };`,
    config: { timeout: 20 },
  },
};

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openFixtureCloud(FUNCTIONS, { collections: ['things', 'ticks'], timers: true });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

describe('a function that calls a function', () => {
  test('passes the person on, and adds itself to the source', async () => {
    const answer = await cloud.call('outer', LIN, { name: 'inner', data: { n: 1 } });
    expect(answer).toMatchObject({
      event: { n: 1 },
      context: wxContextOf(LIN, 'wx_client,scf'),
    });
    const names = (await cloud.calls()).map((call) => call.function);
    expect(names).toEqual(['inner', 'outer']);
  });

  test('from a timer passes nobody on', async () => {
    const answer = await cloud.call('outer', { source: 'wx_trigger' }, { name: 'inner' });
    const { context } = answer as { context: object };
    expect(context).toMatchObject({ SOURCE: 'wx_trigger,scf' });
    expect(context).not.toHaveProperty('OPENID');
  });

  test.each([
    ['nowhere', 'FUNCTION_NOT_FOUND'],
    ['throws', 'FUNCTIONS_EXECUTE_FAIL'],
  ])('%s is an error of the SDK', async (name, code) => {
    expect(await cloud.call('outer', LIN, { name })).toMatchObject({ errCode: -1, code });
  });

  test('that calls itself without end is stopped', async () => {
    const answer = await cloud.callRaw('endless', LIN, {});
    expect(answer).toMatchObject({ errCode: -504002 });
    expect(JSON.stringify(answer)).toContain('more than 8 deep');
  });
});

describe('what a function may answer', () => {
  test('by a callback', async () => {
    expect(await cloud.call('callback', LIN, {})).toEqual({ by: 'callback' });
  });

  test('up to six megabytes', async () => {
    const limit = 6 * 1024 * 1024 - 2;
    expect(await cloud.callRaw('large', LIN, { bytes: limit })).toHaveProperty('result');
    expect(await cloud.callRaw('large', LIN, { bytes: limit + 1 })).toMatchObject({
      errCode: -504002,
    });
  });
});

describe('HTTP access', () => {
  const http = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${cloud.url}/http/http${path}`, init);

  test('gives a function the request, and the caller what the function answers', async () => {
    const response = await http('/v1/a%20b?x=1&y=2', {
      method: 'PUT',
      body: '{"n":1}',
      headers: { 'content-type': 'application/json', 'x-own': 'z' },
    });
    expect([response.status, response.headers.get('x-made')]).toEqual([201, 'yes']);
    const { event, context } = (await response.json()) as { event: Answer; context: Answer };
    expect(event).toMatchObject({
      path: '/v1/a%20b',
      httpMethod: 'PUT',
      headers: { 'x-own': 'z', 'content-type': 'application/json' },
      queryStringParameters: { x: '1', y: '2' },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    // As documented: nothing in it tells the client's address.
    expect(event['requestContext']).toEqual({
      requestId: expect.any(String),
      envId: expect.any(String),
      appId: expect.any(Number),
      uin: expect.any(Number),
    });
    expect(context).toMatchObject({ SOURCE: 'wx_http' });
  });

  test('vouches for nobody, whatever the headers say', async () => {
    const headers = { 'x-wx-openid': LIN.openid, 'x-wx-source': 'wx_client' };
    const { context } = (await (await http('/v1', { headers })).json()) as { context: Answer };
    expect(context).toMatchObject({ SOURCE: 'wx_http' });
    expect(context).not.toHaveProperty('OPENID');
  });

  test('encodes a body that is no text', async () => {
    const body = new Uint8Array([0, 255, 128]);
    const headers = { 'content-type': 'application/octet-stream' };
    const reply = await http('/v1', { method: 'POST', body, headers });
    const { event } = (await reply.json()) as { event: Answer };
    expect(event).toMatchObject({ isBase64Encoded: true, body: 'AP+A' });
  });

  test.each([
    ['/plain', 200, 'application/json', '{"hello":"world"}'],
    ['/text', 200, 'text/html; charset=utf-8', '<p>hello</p>'],
    ['/empty', 204, 'text/plain; charset=utf-8', ''],
  ])('answers %s with %s, %s', async (path, status, type, text) => {
    const response = await http(path);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      text,
    ]);
  });

  test('of a function that fails, or is not there, is an error', async () => {
    expect((await http('/throw')).status).toBe(502);
    expect((await fetch(`${cloud.url}/http/nowhere/x`)).status).toBe(404);
    expect((await fetch(`${cloud.url}/http/..%2f..%2fetc/x`)).status).toBe(404);
  });
});

describe('a timer', () => {
  const DAY_MS = 86_400_000;
  const ticks = async (): Promise<Answer[]> => cloud.documents('ticks');
  const until = async (count: number): Promise<Answer[]> => {
    for (;;) {
      const found = await ticks();
      if (found.length >= count) return found;
    }
  };

  test('fires by the clock of this cloud, in the time of Beijing, as nobody', async () => {
    await cloud.control({ advanceClockMs: DAY_MS });
    const [tick] = await until(1);
    expect(tick).toMatchObject({
      source: 'wx_trigger',
      event: { Type: 'Timer', TriggerName: 'nightly', Time: expect.stringMatching(/T19:30:00/) },
    });
  });

  test('fires once for all that the clock was moved past, and goes on from there', async () => {
    await cloud.control({ advanceClockMs: 30 * DAY_MS });
    await until(1);
    await cloud.control({ advanceClockMs: DAY_MS });
    await until(2);
    await cloud.control({ advanceClockMs: 1 });
    await cloud.call('inner', LIN, {});
    expect(await ticks()).toHaveLength(2);
  });
});

describe('faults', () => {
  const write = (id = 'a'): Promise<Answer> => cloud.call('write', LIN, { id });
  const ids = async (): Promise<unknown[]> =>
    (await cloud.documents('things')).map(({ _id }) => _id);

  test.each([
    ['databaseDropBefore', []],
    ['databaseDropAfter', ['a']],
  ])('%s closes the connection', async (kind, expected) => {
    await cloud.control({ fault: { kind, action: 'modifyDocument' } });
    expect(await write()).toEqual({ errCode: -501001 });
    expect(await ids()).toEqual(expected);
    expect(await write()).not.toHaveProperty('errCode');
  });

  test('an error of any code, so many times', async () => {
    const fault = { kind: 'databaseError', code: 'DATABASE_PERMISSION_DENIED', count: 2 };
    await cloud.control({ fault });
    expect([await write(), await write()]).toEqual([{ errCode: -502003 }, { errCode: -502003 }]);
    expect(await write()).not.toHaveProperty('errCode');
  });

  test('meet only the collection they are about', async () => {
    await cloud.control({ fault: { kind: 'databaseDown', collection: 'ticks' } });
    expect(await write()).not.toHaveProperty('errCode');
    await cloud.control({ fault: { kind: 'databaseDown', collection: 'things' } });
    expect(await write()).toEqual({ errCode: -501001 });
  });

  test('a slow start of an instance', async () => {
    await cloud.call('inner', LIN, {});
    await cloud.control({ killInstances: 'inner', fault: { kind: 'coldStart', ms: 300 } });
    await cloud.call('inner', LIN, {});
    const cold = await cloud.lastCall();
    await cloud.call('inner', LIN, {});
    const warm = await cloud.lastCall();
    expect([cold.cold, warm.cold]).toEqual([true, false]);
    expect(cold.durationMs - warm.durationMs).toBeGreaterThan(250);
  });

  test('killing the instances of one function leaves the others warm', async () => {
    await cloud.call('inner', LIN, {});
    await cloud.call('callback', LIN, {});
    await cloud.control({ killInstances: 'callback' });
    await cloud.call('inner', LIN, {});
    expect((await cloud.lastCall()).cold).toBe(false);
    await cloud.call('callback', LIN, {});
    expect((await cloud.lastCall()).cold).toBe(true);
  });
});

describe('seeds', () => {
  test('are documents as JSON, dates as EJSON, into collections that are made', async () => {
    const when = { $date: '2026-01-01T00:00:00Z' };
    await cloud.control({ seed: { fresh: [{ _id: 'a', when }, { n: 1 }] } });
    const documents = await cloud.documents('fresh');
    expect(documents).toContainEqual({ _id: 'a', when: new Date('2026-01-01T00:00:00Z') });
    expect(documents).toHaveLength(2);
  });

  test('of a document that is there already are refused', async () => {
    await cloud.control({ seed: { things: [{ _id: 'a' }] } });
    await expect(cloud.control({ seed: { things: [{ _id: 'a' }] } })).rejects.toThrow('already');
  });
});
