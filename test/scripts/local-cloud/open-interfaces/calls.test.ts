/** How open interfaces are called: over the wire, by whom, with which answers and faults. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer } from '#local-cloud/testing';
import { listenOnLoopback } from '../../../../scripts/lib/loopback-server';
import { splitMultipart } from '../../../../scripts/local-cloud/protocol/multipart';
import { Media } from '../../../../scripts/local-cloud/open-interfaces/open-interface';
import { decodeOpenRequest } from '../../../../scripts/local-cloud/open-interfaces/wire';
import { openOpenRunner, type OpenRunner } from '../../../support/open-runner';
import { LIN } from '../../../support/people';

let runner: OpenRunner;

beforeAll(async () => {
  runner = await openOpenRunner();
});
afterAll(() => runner.cloud.close());
beforeEach(() => runner.cloud.control({ reset: true }));

const run: OpenRunner['run'] = (...args) => runner.run(...args);
const control = (body: object): Promise<void> => runner.cloud.control(body);
const rank = 'cloud.openapi.riskControl.getUserRiskRank({ openid: "o" })';
const NOT_DECLARED = { errCode: -604101, errMsg: 'system error: error code: -604101' };
const ILLEGAL_SOURCE = { errCode: -604104, errMsg: 'system error: error code: -604104' };

describe('arguments and answers arrive byte for byte', () => {
  test('as a long text in any language, over 64 KiB', async () => {
    const content = '微信“云调用”\r\n--\t😀'.repeat(10_000);
    const code = 'cloud.openapi.customerServiceMessage.send(input)';
    await run(code, { touser: 'o', msgtype: 'text', text: { content } });
    const [sent] = (await runner.cloud.lastCall()).openapi;
    expect(sent?.message).toEqual({ touser: 'o', msgtype: 'text', text: { content } });
  });

  test('as a file', async () => {
    // Over 64 KiB of every byte, what ends lines, and what looks like a boundary of the SDK's.
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const boundary = Buffer.from(`\r\n----------------------------\r\n\r\n--\r\n`);
    const file = Buffer.concat([...Array.from({ length: 300 }, () => every), boundary]);
    const { body, contentType } = await sentBy(
      `cloud.openapi.security.imgSecCheck({
        media: { contentType: 'image/png', value: Buffer.from(input, 'base64') },
      })`,
      file.toString('base64'),
    );
    const parts = splitMultipart(body, contentType);
    const data = parts.get('requestData') ?? Buffer.alloc(0);
    const { media } = decodeOpenRequest('security.imgSecCheck', data).args;
    expect(media).toBeInstanceOf(Media);
    expect(digest((media as Media).content)).toBe(digest(file));
  });

  test('as a picture that was set', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256));
    const set = { contentType: 'image/jpeg', base64: bytes.toString('base64') };
    await control({ openapi: { 'wxacode.get': set } });
    const answer = await run('cloud.openapi.wxacode.get({ path: "a" })');
    expect(answer).toMatchObject({ contentType: 'image/jpeg', errCode: 0 });
    const { base64 } = answer['buffer'] as { base64: string };
    expect(digest(Buffer.from(base64, 'base64'))).toBe(digest(bytes));
  });

  test('in the second version of the protocol too', async () => {
    const { phoneInfo } = await run(
      'cloud.openapi({ version: "v2" }).phonenumber.getPhoneNumber({ code: "a" })',
    );
    expect(phoneInfo).toMatchObject({ countryCode: '86' });
  });

  test('for another mini program, where the function names one', async () => {
    const { phoneInfo } = await run(
      'cloud.openapi({ appid: "wx-other" }).phonenumber.getPhoneNumber({ code: "a" })',
    );
    expect(phoneInfo).toMatchObject({ watermark: { appid: 'wx-other' } });
    const { payment } = await run('cloud.cloudPay({ appid: "wx-other" }).unifiedOrder(input)', {
      ...{ body: 'b', outTradeNo: '1', spbillCreateIp: '::1', subMchId: '1', totalFee: 1 },
      ...{ envId: 'local', functionName: 'paid' },
    });
    expect(payment).toMatchObject({ appId: 'wx-other' });
  });

  test('in the names of WeChat, where the function does not want them converted', async () => {
    const raw = 'cloud.openapi({ convertCase: false }).subscribeMessage.send(input)';
    const data = { thing1: { value: 'x' } };
    expect(await run(raw, { touser: 'o', templateId: 't', data })).toMatchObject({
      errCode: 40037,
    });
    expect(await run(raw, { touser: 'o', template_id: 't', data })).toMatchObject({ errCode: 0 });
  });

  test('by cloud.callOpenAPI', async () => {
    const call = (api: string, data: object): Promise<Answer> =>
      run('cloud.callOpenAPI(input)', { api, data });
    const checked = await call('security.msgSecCheck', { content: '你好' });
    expect(checked).toEqual({ result: { errcode: 0, errmsg: 'ok' }, errMsg: 'callOpenAPI:ok' });
    const data = { touser: 'o', templateId: 't', formId: 'f' };
    expect(await call('templateMessage.send', data)).toMatchObject({ result: { errcode: 0 } });
    expect(await call('templateMessage.send', {})).toMatchObject({ result: { errcode: 40003 } });
    expect(await call('wxacode.get', { path: 'a' })).toMatchObject({
      errMsg: expect.stringContaining('cloud.openapi for wxacode.get'),
    });
  });
});

describe('a function may call', () => {
  test('what its config.json lists, and nothing else', async () => {
    expect(await run(rank)).toMatchObject({ errCode: 0 });
    expect(await run('cloud.openapi.ocr.idcard({})')).toEqual(NOT_DECLARED);
    expect(await runner.runUndeclared(rank)).toEqual(NOT_DECLARED);
    const { result } = await runner.runUndeclared('cloud.callOpenAPI(input)', {
      api: 'riskControl.getUserRiskRank',
      data: {},
    });
    expect(result).toMatchObject({ errcode: -604101 });
    expect(runner.printed).toContainEqual(
      expect.stringMatching(/^undeclared may not call riskControl.getUserRiskRank: .*config.json/),
    );
  });

  test('what it is not allowed to, not even where an answer is set', async () => {
    await control({ openapi: { 'riskControl.getUserRiskRank': { risk_rank: 4 } } });
    expect(await runner.runUndeclared(rank)).toEqual(NOT_DECLARED);
    expect(await run(rank)).toMatchObject({ riskRank: 4 });
  });

  test('payments and open data without a permission', async () => {
    const pay = 'cloud.cloudPay.queryOrder({ outTradeNo: "n", subMchId: "m" })';
    expect(await runner.runUndeclared(pay)).toMatchObject({ returnCode: 'SUCCESS' });
    const openData = 'cloud.getOpenData({ list: ["c"] })';
    expect(await runner.runUndeclared(openData)).toMatchObject({ errCode: 0 });
  });

  test.each([
    ['a phone', { ...LIN, source: 'wx_client' }],
    ['DevTools', { ...LIN, source: 'wx_devtools' }],
    ["WeChat's HTTP API, without a person", { source: 'wx_http' }],
    ['a timer', { source: 'wx_trigger' }],
  ])('when it is called by %s', async (_, caller) => {
    expect(await run(rank, undefined, caller)).toMatchObject({ errCode: 0 });
  });

  test('when it is called by a function of which that is true', async () => {
    expect(await runner.cloud.call('outer', LIN, { code: rank })).toMatchObject({ errCode: 0 });
  });

  test('nothing when it is called by HTTP access', async () => {
    const byHttp = async (code: string): Promise<unknown> => {
      const body = JSON.stringify({ code });
      const reply = await fetch(`${runner.cloud.url}/http/declared/x`, { method: 'POST', body });
      return reply.json();
    };
    expect(await byHttp(rank)).toEqual(ILLEGAL_SOURCE);
    expect(await byHttp('cloud.getOpenData({ list: ["c"] })')).toEqual(ILLEGAL_SOURCE);
    expect(await byHttp('cloud.cloudPay.queryOrder({})')).toMatchObject({ errCode: -604104 });
  });

  test('nothing once its call is over', async () => {
    const token: unknown = await run('process.env.WX_API_TOKEN');
    expect(await run('(process.env.WX_API_TOKEN = input, 1)', token)).toBe(1);
    expect(await run(`(process.env.WX_API_TOKEN = input, ${rank})`, token)).toEqual(ILLEGAL_SOURCE);
    expect(await run(`(process.env.WX_API_TOKEN = input, ${rank})`, 'made up')).toEqual(
      ILLEGAL_SOURCE,
    );
  });

  test('with a token that it does not see as part of its caller', async () => {
    const context = await run('cloud.getWXContext()');
    expect(Object.keys(context)).not.toContain('API_TOKEN');
    const timer = await run('process.env', undefined, { source: 'wx_trigger' });
    expect(timer).toMatchObject({
      TRIGGER_SRC: 'timer',
      WX_TRIGGER_API_TOKEN_V0: expect.any(String),
    });
    expect(timer).not.toHaveProperty('WX_API_TOKEN');
    expect(await run('process.env')).not.toHaveProperty('TRIGGER_SRC');
  });
});

describe('what the local cloud does not know', () => {
  test('is refused by name, and says how to give it an answer', async () => {
    const unknown = await run('cloud.openapi.nowhere.toBeFound({})');
    expect(unknown).toMatchObject({ errCode: -604100 });
    const { errMsg } = unknown as { errMsg: string };
    const body = /POST \/control (\{.*\})$/.exec(errMsg)?.[1] ?? '';
    await control(JSON.parse(body) as object);
    expect(await run('cloud.openapi.nowhere.toBeFound({})')).toMatchObject({
      errCode: 0,
      result: '...',
    });
  });

  test.each([
    ['cloud.cloudPay.downloadBill({})', -604100, 'cloudPay.downloadBill'],
    ['cloud.getVoIPSign({ groupId: "g", timestamp: 1, nonce: "n" })', -501001, 'getVoIPSign'],
    ['cloud.getCloudCallSign({ parameterList: [] })', -501001, 'getCloudCallSign'],
  ])('is refused by name in %s', async (code, errCode, name) => {
    const errMsg = expect.stringContaining(`no answer of its own for ${name}`);
    expect(await run(code)).toEqual({ errCode, errMsg });
  });

  test('may be given a signature', async () => {
    await control({ openapi: { getVoIPSign: { signature: 's' } } });
    const code = 'cloud.getVoIPSign({ groupId: "g", timestamp: 1, nonce: "n" })';
    expect(await run(code)).toMatchObject({ errCode: 0, signature: 's' });
  });

  test('is an action too', async () => {
    const body = new FormData();
    body.set('action', 'wx.wxCallContainerApi');
    const reply = await fetch(`${runner.cloud.url}/admin`, { method: 'POST', body });
    expect(await reply.json()).toMatchObject({
      code: 'INVALID_ACTION',
      message: expect.stringContaining('wx.wxCallContainerApi'),
    });
  });
});

describe('an answer that is set', () => {
  const name = 'riskControl.getUserRiskRank';
  const set = (answer: object | null): Promise<void> => control({ openapi: { [name]: answer } });
  const shown = async (): Promise<unknown> => (await fetch(`${runner.cloud.url}/control`)).json();

  test('holds until it is taken back', async () => {
    await set({ risk_rank: 4, unoin_id: 1 });
    const answers = [await run(rank), await run(rank)];
    expect(answers).toMatchObject([4, 4].map((riskRank) => ({ riskRank, unoinId: 1 })));
    expect(await shown()).toMatchObject({ openapi: { [name]: { risk_rank: 4 } } });
    await set(null);
    expect(await run(rank)).toMatchObject({ riskRank: 0 });
    await set({ risk_rank: 4 });
    await control({ reset: true });
    expect(await run(rank)).toMatchObject({ riskRank: 0 });
    expect(await shown()).toMatchObject({ openapi: {}, openData: {} });
  });

  test('may be an error of the interface', async () => {
    await set({ errcode: 43101, errmsg: 'user refuse to accept the msg' });
    expect(await run(rank)).toEqual({
      errCode: 43101,
      errMsg: `openapi.${name}:fail user refuse to accept the msg`,
    });
  });

  test('may be an error of WeChat’s servers', async () => {
    await set({ errcode: -604102 });
    expect(await run(rank)).toEqual({
      errCode: -604102,
      errMsg: 'system error: error code: -604102',
    });
  });

  test('may be an error of Cloud Development', async () => {
    await set({ code: 'EXCEED_REQUEST_LIMIT', message: 'too much' });
    expect(await run(rank)).toEqual({
      errCode: -501003,
      errMsg: expect.stringContaining('too much'),
    });
  });

  test('may be an error for so many calls', async () => {
    await set({ errcode: 45009, errmsg: 'reach max api daily quota limit', count: 2 });
    expect(await run(rank)).toMatchObject({ errCode: 45009 });
    expect(await shown()).toMatchObject({ openapi: { [name]: { count: 1 } } });
    expect(await run(rank)).toMatchObject({ errCode: 45009 });
    expect(await run(rank)).toMatchObject({ errCode: 0 });
  });

  test('may be one of a payment', async () => {
    const code = 'cloud.cloudPay.queryOrder({ outTradeNo: "n", subMchId: "m" })';
    const paid = { return_code: 'SUCCESS', result_code: 'SUCCESS', trade_state: 'SUCCESS' };
    await control({ openapi: { 'cloudPay.queryOrder': paid } });
    expect(await run(code)).toMatchObject({ tradeState: 'SUCCESS', errCode: 0 });
    await control({ openapi: { 'cloudPay.queryOrder': { errcode: -604103 } } });
    expect(await run(code)).toMatchObject({ errCode: -604103 });
  });

  test.each([
    [{ openapi: null }, 'openapi'],
    [{ openapi: [] }, 'openapi'],
    [{ openapi: { a: 1 } }, 'openapi.a'],
    [{ openapi: { a: [] } }, 'openapi.a'],
    [{ openapi: { a: { errcode: '1' } } }, 'openapi.a.errcode'],
    [{ openapi: { a: { errcode: 1, errmsg: 2 } } }, 'openapi.a.errmsg'],
    [{ openapi: { a: { errcode: 1, count: 0 } } }, 'openapi.a.count'],
    [{ openapi: { a: { code: 1, message: 'm' } } }, 'openapi.a.code'],
    [{ openapi: { a: { contentType: 'image/png', base64: 1 } } }, 'openapi.a.base64'],
    [{ openData: 1 }, 'openData'],
    [{ openData: { c: 'x' } }, 'openData.c'],
  ])('is refused whole when it is %j', async (body, wrong) => {
    const before = { openapi: { [name]: { risk_rank: 1 } }, openData: { d: { n: 1 } } };
    await control(before);
    const valid = { advanceClockMs: 1, openapi: { [name]: null }, openData: { d: null } };
    await expect(control({ ...valid, ...body })).rejects.toThrow(`"${wrong}"`);
    expect(await shown()).toMatchObject({ ...before, clockOffsetMs: 0 });
  });
});

test('which interfaces a call used is listed with it, without their arguments', async () => {
  await run(`Promise.all([${rank}, cloud.openapi.ocr.idcard({ secret: 1 }).catch(() => 1)])`);
  const { openapi } = await runner.cloud.lastCall();
  expect(openapi).toHaveLength(2);
  expect(openapi).toContainEqual({ name: 'riskControl.getUserRiskRank', outcome: 'ok' });
  expect(openapi).toContainEqual({ name: 'ocr.idcard', outcome: '-604101' });
});

/** The request that the SDK makes in a function, sent to the test in the place of the cloud. */
async function sentBy(
  code: string,
  input: unknown,
): Promise<{ body: Buffer; contentType: string }> {
  const server = createServer();
  const received = once(server, 'request').then(async ([request, response]) => {
    const body = await buffer(request as IncomingMessage);
    (response as ServerResponse).end('{}');
    return { body, contentType: (request as IncomingMessage).headers['content-type'] ?? '' };
  });
  const { url, close } = await listenOnLoopback(server);
  const elsewhere = `process.env.TCB_CONTEXT_CNFG = JSON.stringify({ URL: '${url}/admin' })`;
  await run(`(${elsewhere}, ${code})`, input);
  await runner.cloud.control({ killInstances: true });
  await close();
  return received;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
