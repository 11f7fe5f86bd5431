/** What the open interfaces answer without any set-up, to the real SDK. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PNG } from 'pngjs';
import decodeQR from 'qr/decode.js';
import type { Answer } from '#local-cloud/testing';
import { openOpenRunner, type OpenRunner } from '../../../support/open-runner';
import { LIN, ZHOU } from '../../../support/people';

let runner: OpenRunner;

beforeAll(async () => {
  runner = await openOpenRunner();
});
afterAll(() => runner.cloud.close());
beforeEach(() => runner.cloud.control({ reset: true }));

const run: OpenRunner['run'] = (...args) => runner.run(...args);

describe('phonenumber.getPhoneNumber', () => {
  const CODE = 'cloud.openapi.phonenumber.getPhoneNumber(input)';
  const numberOf = async (code: string, caller = LIN): Promise<unknown> => {
    const { phoneInfo } = await run(CODE, { code }, caller);
    return (phoneInfo as Answer)['phoneNumber'];
  };

  test('gives a number that belongs to the caller', async () => {
    const first = await numberOf('a');
    expect(first).toMatch(/^1\d{10}$/);
    expect(await numberOf('b')).toBe(first);
    expect(await numberOf('c', ZHOU)).not.toBe(first);
  });

  test('gives the number that a person chose, whoever they are', async () => {
    expect(await numberOf('13800138000.a')).toBe('13800138000');
    expect(await numberOf('13800138000.b', ZHOU)).toBe('13800138000');
    expect(await numberOf('23800138000.c')).toBe(await numberOf('d'));
    expect(await numberOf('13800138000')).toBe(await numberOf('e'));
  });

  test('refuses what is marked as used', async () => {
    expect(await run(CODE, { code: 'used.a' })).toMatchObject({ errCode: 40029 });
  });

  test('answers in the shape of WeChat', async () => {
    await runner.cloud.control({ advanceClockMs: 86_400_000 });
    const tomorrow = Date.now() / 1000 + 86_400;
    const answer = await run(CODE, { code: 'a' });
    expect(answer).toEqual({
      phoneInfo: {
        phoneNumber: expect.any(String),
        purePhoneNumber: expect.any(String),
        countryCode: '86',
        watermark: { timestamp: expect.any(Number), appid: LIN.appid },
      },
      errMsg: 'openapi.phonenumber.getPhoneNumber:ok',
      errCode: 0,
    });
    const { watermark } = answer['phoneInfo'] as { watermark: { timestamp: number } };
    expect(Math.abs(watermark.timestamp - tomorrow)).toBeLessThan(3_600);
  });

  test('takes a code once', async () => {
    await run(CODE, { code: 'a' });
    const refused = {
      errCode: 40029,
      errMsg: 'openapi.phonenumber.getPhoneNumber:fail invalid code',
    };
    expect(await run(CODE, { code: 'a' })).toEqual(refused);
    expect(await run(CODE, { code: 'b' })).toMatchObject({ errCode: 0 });
    await runner.cloud.control({ reset: true });
    expect(await run(CODE, { code: 'a' })).toMatchObject({ errCode: 0 });
  });

  test.each([{}, { code: '' }, { code: 7 }])('refuses %j', async (input) => {
    expect(await run(CODE, input)).toMatchObject({ errCode: 40029 });
  });
});

describe('a code to scan', () => {
  const bytes = (answer: Answer): Buffer =>
    Buffer.from((answer['buffer'] as { base64: string }).base64, 'base64');
  /** As a PNG tells it in its first chunk. */
  const widthOf = (answer: Answer): number => bytes(answer).readUInt32BE(16);
  const picture = (answer: Answer): PNG => PNG.sync.read(bytes(answer));
  const textIn = (answer: Answer): string => decodeQR(picture(answer));
  const unlimited = (input: object): Promise<Answer> =>
    run('cloud.openapi.wxacode.getUnlimited(input)', input);

  test('holds page and scene', async () => {
    const answer = await unlimited({ page: 'pages/room/room', scene: 'id=7&by=me' });
    expect(answer).toMatchObject({ contentType: 'image/png', errCode: 0 });
    expect(widthOf(answer)).toBe(430);
    const [page, query] = textIn(answer).split('?scene=');
    expect([page, decodeURIComponent(query ?? '')]).toEqual(['pages/room/room', 'id=7&by=me']);
  });

  test('holds the longest scene, in the smallest picture and in any colour', async () => {
    const scene = 'x'.repeat(32);
    const lineColor = { r: '10', g: 20, b: 90 };
    const answer = await unlimited({ page: 'pages/a/b', scene, width: 280, lineColor });
    expect(textIn(answer)).toBe(`pages/a/b?scene=${scene}`);
    const { data } = picture(answer);
    const dark = data.findIndex((part, index) => index % 4 === 0 && part !== 255);
    expect([...data.subarray(dark, dark + 4)]).toEqual([10, 20, 90, 255]);
  });

  test.each([
    [1, 280],
    [300.4, 300],
    [5000, 1280],
  ])('of width %d is %d pixels wide', async (width, expected) => {
    expect(widthOf(await unlimited({ scene: 'a', width }))).toBe(expected);
  });

  test('is transparent where it is light, on demand', async () => {
    const alpha = async (isHyaline: boolean): Promise<unknown> =>
      picture(await unlimited({ scene: 'a', width: 280, isHyaline })).data[3];
    expect([await alpha(true), await alpha(false)]).toEqual([0, 255]);
  });

  test.each([
    [{}, 40169],
    [{ scene: '' }, 40169],
    [{ scene: 'x'.repeat(33) }, 40169],
    [{ scene: '中文' }, 40169],
    [{ scene: 'a%20b' }, 40169],
    [{ scene: 7 }, 40169],
    [{ scene: 'a', page: '/pages/a/b' }, 41030],
    [{ scene: 'a', page: 'pages/a/b?c=d' }, 41030],
    [{ scene: 'a', envVersion: 'beta' }, 40097],
    [{ scene: 'a', width: '430' }, 47001],
  ])('of %j is refused with %d', async (input, errCode) => {
    expect(await unlimited(input)).toMatchObject({ errCode });
  });

  test.each([
    ['get', 1024],
    ['createQRCode', 128],
  ])('by wxacode.%s holds a path of up to %d characters', async (name, longest) => {
    const code = `cloud.openapi.wxacode.${name}(input)`;
    expect(textIn(await run(code, { path: 'pages/a/b?c=d' }))).toBe('pages/a/b?c=d');
    const path = `p?q=${'x'.repeat(longest - 4)}`;
    expect(textIn(await run(code, { path, width: 600 }))).toBe(path);
    expect(await run(code, { path: `${path}x` })).toMatchObject({ errCode: 40159 });
    expect(await run(code, {})).toMatchObject({ errCode: 40159 });
  });
});

describe('security.msgSecCheck', () => {
  const RISKY = '你好，特3456书yuuo莞6543李zxcz蒜7782法fgnv级';
  const check = (input: object): Promise<Answer> =>
    run('cloud.openapi.security.msgSecCheck(input)', input);
  const v2 = { openid: LIN.openid, scene: 1, version: 2 };

  test('of version 1 passes, or refuses what WeChat gave as an example', async () => {
    expect(await check({ content: '你好' })).toEqual({
      errCode: 0,
      errMsg: 'openapi.security.msgSecCheck:ok',
    });
    expect(await check({ content: RISKY })).toMatchObject({ errCode: 87014 });
  });

  test('of version 2 tells its verdict', async () => {
    expect(await check({ ...v2, content: '你好' })).toMatchObject({
      errCode: 0,
      result: { suggest: 'pass', label: 100 },
      detail: [{ strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 }],
      traceId: expect.any(String),
    });
    expect(await check({ ...v2, content: RISKY })).toMatchObject({
      errCode: 0,
      result: { suggest: 'risky', label: 20006 },
    });
  });

  test.each([
    [{}, 44002],
    [{ content: '' }, 44002],
    [{ ...v2, content: 'a', openid: undefined }, 40003],
    [{ ...v2, content: 'a', scene: 5 }, 40129],
  ])('refuses %j with %d', async (input, errCode) => {
    expect(await check(input)).toMatchObject({ errCode });
  });
});

describe('security.imgSecCheck', () => {
  const CODE = `cloud.openapi.security.imgSecCheck({
    media: { contentType: 'image/png', value: Buffer.alloc(input) },
  })`;

  test('passes a picture of up to a megabyte', async () => {
    expect(await run(CODE, 1024 * 1024)).toMatchObject({ errCode: 0 });
    expect(await run(CODE, 1024 * 1024 + 1)).toMatchObject({ errCode: 40006 });
  });

  test('refuses what is no picture', async () => {
    const code = 'cloud.openapi.security.imgSecCheck({ media: "cloud://a/b.png" })';
    expect(await run(code)).toMatchObject({ errCode: 41005 });
  });
});

test('security.mediaCheckAsync takes a job', async () => {
  const check = (input: object): Promise<Answer> =>
    run('cloud.openapi.security.mediaCheckAsync(input)', input);
  const job = { mediaUrl: 'https://a/b.png', mediaType: 2, version: 2, openid: 'o', scene: 1 };
  expect(await check(job)).toMatchObject({ errCode: 0, traceId: expect.any(String) });
  expect(await check({ ...job, mediaUrl: '' })).toMatchObject({ errCode: 44002 });
  expect(await check({ ...job, mediaType: 3 })).toMatchObject({ errCode: 40004 });
  expect(await check({ ...job, scene: 0 })).toMatchObject({ errCode: 40129 });
});

describe('a message', () => {
  const send = (input: object): Promise<Answer> =>
    run('cloud.openapi.subscribeMessage.send(input)', input);
  const message = {
    touser: LIN.openid,
    templateId: 't',
    page: 'index',
    data: { thing1: { value: '二十个字'.repeat(5) }, number2: { value: 7 } },
  };

  test('is kept with the call that sent it', async () => {
    expect(await send(message)).toEqual({ errCode: 0, errMsg: 'openapi.subscribeMessage.send:ok' });
    expect((await runner.cloud.lastCall()).openapi).toEqual([
      {
        name: 'subscribeMessage.send',
        outcome: 'ok',
        message: { touser: LIN.openid, template_id: 't', page: 'index', data: message.data },
      },
    ]);
  });

  test.each([
    [{ touser: '' }, 40003, 'openid'],
    [{ templateId: undefined }, 40037, 'template_id'],
    [{ data: undefined }, 47003, 'data'],
    [{ data: { thing1: { value: '' } } }, 47003, 'data.thing1.value'],
    [{ data: { thing1: { value: 'x'.repeat(21) } } }, 47003, 'data.thing1.value'],
    [
      { data: { thing1: { value: 'x' }, phrase2: { value: '六个字的短语' } } },
      47003,
      'data.phrase2',
    ],
    [{ data: { date3: 'x' } }, 47003, 'data.date3.value'],
  ])('with %j is refused with %d, by name', async (change, errCode, name) => {
    const errMsg = expect.stringContaining(name);
    expect(await send({ ...message, ...change })).toEqual({ errCode, errMsg });
  });

  test.each([
    ['templateMessage.send', { touser: 'o', templateId: 't', formId: 'f' }, 'formId', 41028],
    ['uniformMessage.send', { touser: 'o' }, 'touser', 40003],
    ['customerServiceMessage.send', { touser: 'o', msgtype: 'text', text: {} }, 'text', 44004],
  ])('by %s is kept too', async (name, input, needed, errCode) => {
    expect(await run(`cloud.openapi.${name}(input)`, input)).toMatchObject({ errCode: 0 });
    const [kept] = (await runner.cloud.lastCall()).openapi;
    expect(kept).toMatchObject({ name, outcome: 'ok', message: { touser: 'o' } });
    const refused = await run(`cloud.openapi.${name}(input)`, { ...input, [needed]: undefined });
    expect(refused).toMatchObject({ errCode });
  });
});

describe('a customer service', () => {
  test('takes a picture, and an id for it stands in messages', async () => {
    const code = 'cloud.openapi.customerServiceMessage.uploadTempMedia(input)';
    const upload = `${code.slice(0, -'(input)'.length)}({
      type: 'image', media: { contentType: 'image/png', value: Buffer.alloc(9) },
    })`;
    expect(await run(upload)).toMatchObject({
      ...{ errCode: 0, type: 'image' },
      ...{ mediaId: expect.any(String), createdAt: expect.any(Number) },
    });
    expect(await run(code, { type: 'image', media: 'x' })).toMatchObject({ errCode: 41005 });
    expect(await run(code, { type: 'video' })).toMatchObject({ errCode: 40004 });
  });

  test('may be typing', async () => {
    const code = 'cloud.openapi.customerServiceMessage.setTyping(input)';
    expect(await run(code, { touser: 'o', command: 'Typing' })).toMatchObject({ errCode: 0 });
    expect(await run(code, {})).toMatchObject({ errCode: 40003 });
  });
});

test('a message that changes has an id, and lives for a day', async () => {
  const made = await run('cloud.openapi.updatableMessage.createActivityId()');
  expect(made).toMatchObject({ errCode: 0, activityId: expect.any(String) });
  const seconds = Number(made['expirationTime']) - Date.now() / 1000;
  expect(Math.abs(seconds - 86_400)).toBeLessThan(3_600);
  const change = 'cloud.openapi.updatableMessage.setUpdatableMsg(input)';
  const { activityId } = made;
  expect(await run(change, { activityId, targetState: 1 })).toMatchObject({ errCode: 0 });
  expect(await run(change, { targetState: 1 })).toMatchObject({ errCode: 47501 });
});

test('riskControl.getUserRiskRank finds no risk', async () => {
  const code = 'cloud.openapi.riskControl.getUserRiskRank(input)';
  const input = { appid: LIN.appid, openid: LIN.openid, scene: 0, clientIp: '127.0.0.1' };
  expect(await run(code, input)).toMatchObject({
    errCode: 0,
    riskRank: 0,
    unoinId: expect.any(Number),
  });
  expect(await run(code, {})).toMatchObject({ errCode: 40003 });
});

test('links are made in the shape of WeChat', async () => {
  expect(await run('cloud.openapi.urlscheme.generate({})')).toMatchObject({
    openlink: expect.stringMatching(/^weixin:\/\/dl\/business\/\?t=/),
  });
  expect(await run('cloud.openapi.urllink.generate({})')).toMatchObject({
    urlLink: expect.stringMatching(/^https:\/\/wxaurl\.cn\//),
  });
});

describe('cloudPay', () => {
  const pay = (name: string, input: object): Promise<Answer> =>
    run(`cloud.cloudPay.${name}(input)`, input);
  const order = {
    body: '小店',
    outTradeNo: 'n-1',
    spbillCreateIp: '127.0.0.1',
    subMchId: '1900009231',
    totalFee: 1,
    envId: 'local',
    functionName: 'paid',
  };
  const { outTradeNo, subMchId } = order;

  test('makes an order, with what the page needs to pay it', async () => {
    const answer = await pay('unifiedOrder', { ...order, attach: 'a' });
    expect(answer).toMatchObject({
      returnCode: 'SUCCESS',
      resultCode: 'SUCCESS',
      subMchId,
      tradeType: 'JSAPI',
      payment: {
        appId: LIN.appid,
        timeStamp: expect.stringMatching(/^\d{10}$/),
        nonceStr: expect.any(String),
        package: `prepay_id=${String(answer['prepayId'])}`,
        signType: 'MD5',
        paySign: expect.any(String),
      },
      errCode: 0,
      errMsg: 'cloudPay.unifiedOrder:ok',
    });
    expect(await pay('queryOrder', { outTradeNo, subMchId, nonceStr: 'x' })).toMatchObject({
      ...{ resultCode: 'SUCCESS', tradeState: 'NOTPAY', outTradeNo, attach: 'a' },
    });
  });

  test('knows an order by its number', async () => {
    const [first, again] = [await pay('unifiedOrder', order), await pay('unifiedOrder', order)];
    expect(again['prepayId']).toBe(first['prepayId']);
    expect(await pay('unifiedOrder', { ...order, totalFee: 2 })).toMatchObject({
      ...{ returnCode: 'SUCCESS', resultCode: 'FAIL', errCode: 0 },
      errCodeDes: '商户订单号重复',
    });
    expect(await pay('queryOrder', { outTradeNo: 'n-2', subMchId })).toMatchObject({
      ...{ returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '此交易订单号不存在' },
    });
  });

  test('pays nothing back that nobody paid', async () => {
    const refund = { outTradeNo, subMchId, outRefundNo: 'r', totalFee: 1, refundFee: 1 };
    expect(await pay('refund', refund)).toMatchObject({ errCodeDes: '此交易订单号不存在' });
    await pay('unifiedOrder', order);
    expect(await pay('refund', refund)).toMatchObject({
      ...{ returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '订单状态错误' },
    });
  });

  test('takes an order in the current environment', async () => {
    const code = 'cloud.cloudPay.unifiedOrder({ ...input, envId: cloud.DYNAMIC_CURRENT_ENV })';
    expect(await run(code, order)).toMatchObject({ resultCode: 'SUCCESS' });
  });

  test('closes an order for good', async () => {
    await pay('unifiedOrder', order);
    expect(await pay('closeOrder', { outTradeNo, subMchId })).toMatchObject({
      resultCode: 'SUCCESS',
    });
    expect(await pay('queryOrder', { outTradeNo, subMchId })).toMatchObject({
      tradeState: 'CLOSED',
    });
    expect(await pay('unifiedOrder', order)).toMatchObject({ resultCode: 'FAIL' });
  });

  test.each([
    [{ body: undefined }, 'body'],
    [{ functionName: '' }, 'function_name'],
    [{ totalFee: 1.5 }, 'total_fee'],
    [{ totalFee: '1' }, 'total_fee'],
  ])('names what is wrong with %j', async (change, name) => {
    expect(await pay('unifiedOrder', { ...order, ...change })).toMatchObject({
      returnCode: 'FAIL',
      returnMsg: expect.stringContaining(name),
    });
  });
});
