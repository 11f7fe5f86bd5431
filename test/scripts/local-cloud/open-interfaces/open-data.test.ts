/** CloudIDs: what a page hands on in the place of open data. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '#local-cloud/testing';
import { openOpenRunner, type OpenRunner } from '../../../support/open-runner';
import { LIN, ZHOU } from '../../../support/people';

let runner: OpenRunner;

beforeAll(async () => {
  runner = await openOpenRunner();
});
afterAll(() => runner.cloud.close());
beforeEach(() => runner.cloud.control({ reset: true }));

const cloudId = (id: string): object => ({ $cloudID: id });

/** What the function sees of this data. */
async function seen(data: object, caller = LIN): Promise<{ event: Answer; filled: unknown }> {
  const code = '({ event, context: cloud.getWXContext() })';
  const answer = await runner.cloud.call('declared', caller, { ...data, code });
  const { event, context } = answer as { event: Answer; context: Answer };
  const info = context['OPEN_DATA_INFO'] as string | undefined;
  return { event, filled: info === undefined ? undefined : JSON.parse(info) };
}

describe('a CloudID', () => {
  test('at the top of the data is replaced by the phone number of the caller', async () => {
    const { event, filled } = await seen({ phone: cloudId('c-1'), other: 1 });
    expect(event).toMatchObject({
      phone: {
        cloudID: 'c-1',
        data: {
          phoneNumber: expect.stringMatching(/^1\d{10}$/),
          countryCode: '86',
          watermark: { appid: LIN.appid },
        },
      },
      other: 1,
    });
    expect(filled).toEqual({ keys: ['phone'] });

    const asked = await runner.run('cloud.openapi.phonenumber.getPhoneNumber({ code: "a" })');
    const { phoneNumber } = asked['phoneInfo'] as Answer;
    expect(event).toMatchObject({ phone: { data: { phoneNumber } } });
    expect((await seen({ phone: cloudId('c-1') }, ZHOU)).event).not.toMatchObject({
      phone: { data: { phoneNumber } },
    });
  });

  test('stands for the number with which it begins', async () => {
    const { event } = await seen({ phone: cloudId('13800138000.a') }, ZHOU);
    expect(event).toMatchObject({ phone: { data: { phoneNumber: '13800138000' } } });
  });

  test('deeper in it becomes a text', async () => {
    const { event, filled } = await seen({ a: { b: cloudId('c-1') }, list: [cloudId('c-2')] });
    expect(event).toMatchObject({ a: { b: 'c-1' }, list: ['c-2'] });
    expect(filled).toBeUndefined();
  });

  test('stays as it is where the data is deeper than any', async () => {
    const deep = `${'['.repeat(5_000)}${JSON.stringify(cloudId('c-1'))}${']'.repeat(5_000)}`;
    const response = await fetch(`${runner.cloud.url}/functions/open`, {
      method: 'POST',
      headers: { 'x-wx-openid': LIN.openid },
      body: `{"deep":${deep}}`,
    });
    // It once was too deep for the local cloud itself.
    expect(response.status).toBe(200);
  });

  test('is one of five at most', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const data = Object.fromEntries(names.map((name) => [name, cloudId(name)]));
    const { event, filled } = await seen(data);
    expect(filled).toEqual({ keys: names.slice(0, 5) });
    expect(event['f']).toBe('f');
  });

  test('that a page makes up, filled, is not among those that WeChat filled', async () => {
    const forged = { cloudID: 'c-1', data: { phoneNumber: '13800138000' } };
    const { event, filled } = await seen({ phone: forged, real: cloudId('c-2') });
    expect(event).toMatchObject({ phone: forged });
    expect(filled).toEqual({ keys: ['real'] });
    expect((await seen({ phone: forged })).filled).toBeUndefined();
    const look = { ...cloudId('c-1'), more: 1 };
    expect((await seen({ phone: look })).event).toMatchObject({ phone: look });
  });

  test('of nobody is invalid', async () => {
    const answer = await runner.cloud.call('declared', {}, { phone: cloudId('c'), code: 'event' });
    expect(answer).toMatchObject({ phone: { cloudID: 'c', errCode: -601005 } });
    const { event, filled } = await seen({ phone: cloudId('') });
    expect(event).toMatchObject({ phone: { cloudID: '', errCode: -601005 } });
    expect(filled).toBeUndefined();
  });

  test('is not replaced when a function sends it, nor is what it was given handed on', async () => {
    const code = '({ event, context: cloud.getWXContext() })';
    const data = { code, phone: cloudId('c-1') };
    const answer = await runner.cloud.call('outer', LIN, data);
    expect(answer).toMatchObject({
      event: { phone: { cloudID: 'c-1', data: expect.anything() } },
      context: { OPENID: LIN.openid },
    });
    expect(answer['context']).not.toHaveProperty('OPEN_DATA_INFO');
    const sent = await runner.run(
      `cloud.callFunction({ name: 'declared', data: input }).then(({ result }) => result)`,
      { code: 'event', phone: 'c' },
    );
    expect(sent).toMatchObject({ phone: 'c' });
  });
});

describe('what is set for a CloudID', () => {
  test('takes the place of the phone number, until it is taken back', async () => {
    const steps = { stepInfoList: [{ timestamp: 1, step: 9 }] };
    await runner.cloud.control({ openData: { 'c-1': steps } });
    const { event, filled } = await seen({ run: cloudId('c-1'), phone: cloudId('c-2') });
    expect(event).toMatchObject({
      run: { cloudID: 'c-1', data: steps },
      phone: { data: { countryCode: '86' } },
    });
    expect(filled).toEqual({ keys: ['run', 'phone'] });
    await runner.cloud.control({ openData: { 'c-1': null } });
    expect((await seen({ run: cloudId('c-1') })).event).toMatchObject({
      run: { data: { countryCode: '86' } },
    });
  });

  test('may be for every CloudID that has nothing of its own', async () => {
    await runner.cloud.control({ openData: { '*': { steps: 1 }, own: { steps: 2 } } });
    const { event } = await seen({ a: cloudId('any'), b: cloudId('own') });
    expect(event).toMatchObject({ a: { data: { steps: 1 } }, b: { data: { steps: 2 } } });
  });

  test('may be an error', async () => {
    await runner.cloud.control({ openData: { old: { errCode: -601006 } } });
    const { event, filled } = await seen({ phone: cloudId('old') });
    expect(event).toMatchObject({ phone: { cloudID: 'old', errCode: -601006 } });
    expect(filled).toBeUndefined();
    expect(await runner.run('cloud.getOpenData({ list: ["old"] })')).toEqual({
      errCode: -601006,
      errMsg: 'system error: error code: -601006',
    });
  });
});

describe('cloud.getOpenData', () => {
  test('gives what CloudIDs stand for, in their order', async () => {
    await runner.cloud.control({ openData: { b: { nickName: '李' } } });
    const answer = await runner.run('cloud.getOpenData({ list: ["a", "b"] })');
    expect(answer).toEqual({
      list: [
        { cloudID: 'a', data: expect.objectContaining({ countryCode: '86' }) },
        { cloudID: 'b', data: { nickName: '李' } },
      ],
      errMsg: 'getOpenData:ok',
      errCode: 0,
    });
  });

  test('is there as an interface too', async () => {
    const code = 'cloud.openapi.cloudbase.getOpenData({ openid: "o", cloudidList: ["a"] })';
    expect(await runner.run(code)).toMatchObject({
      dataList: [{ cloudId: 'a', json: { cloudID: 'a', data: { countryCode: '86' } } }],
    });
    const wrong = 'cloud.openapi.cloudbase.getOpenData({ openid: "o", cloudidList: "a" })';
    expect(await runner.run(wrong)).toMatchObject({ errCode: -601005 });
  });
});
