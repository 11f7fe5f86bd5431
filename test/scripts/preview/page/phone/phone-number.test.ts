/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MiniprogramBundle } from '#preview';
import { compileBundle } from '../../../../support/compile-bundle';
import { openPhone, type OpenPhoneOptions, type TestPhone } from '../../../../support/phone';
import { removeMiniprograms, writeMiniprogram } from '../../../../support/miniprogram-folder';

const NUMBERS = ['19912345678', '13800138000'];
const EN: Partial<OpenPhoneOptions> = { language: 'en' };

const phones: TestPhone[] = [];
const bundles = new Map<boolean, MiniprogramBundle>();

beforeAll(async () => {
  for (const asksForPrivacy of [false, true]) {
    const folder = writeMiniprogram({
      'app.json': { pages: ['pages/home/index'], __usePrivacyCheck__: asksForPrivacy },
      'pages/home/index.wxml': `
        <button class="quick" open-type="getPhoneNumber" bindgetphonenumber="got"/>
        <button class="now" open-type="getRealtimePhoneNumber" bindgetrealtimephonenumber="got"/>
        <view class="got">{{got}}</view>`,
      'pages/home/index.js':
        'Page({ data: { got: "" }, got({ detail }) { this.setData({ got: JSON.stringify(detail) }) } })',
    });
    bundles.set(asksForPrivacy, await compileBundle(folder));
  }
});
afterEach(() => {
  for (const phone of phones.splice(0)) phone.close();
});
afterAll(removeMiniprograms);

function open(options: Partial<OpenPhoneOptions> = {}, asksForPrivacy = false): TestPhone {
  const bundle = bundles.get(asksForPrivacy);
  if (bundle === undefined) throw new Error('not compiled');
  const phone = openPhone({ bundle, phoneNumbers: NUMBERS, ...options });
  phones.push(phone);
  return phone;
}

/** `detail` of the event; `undefined` while there was none. */
const got = (phone: TestPhone): unknown =>
  phone.text('got') === '' ? undefined : JSON.parse(phone.text('got'));

/** A number that somebody agreed to give, as a code. */
const codeOf = (number: string): unknown =>
  expect.stringMatching(new RegExp(`^${number}\\.[0-9a-f]{24}$`));

describe('a person who is asked for their number', () => {
  test.each<['zh_CN' | 'en', string, string]>([
    ['zh_CN', '申请获取并验证你的手机号', '不允许'],
    ['en', 'Requests to get and verify your mobile number', 'Decline'],
  ])(
    'sees their numbers masked, and nothing else happens (%s)',
    async (language, title, decline) => {
      const phone = open({ language });
      await phone.tap('quick');
      for (const text of [title, '199****5678', '138****8000', decline]) {
        expect(phone.overlay).toContain(text);
      }
      expect(phone.overlay).not.toContain('12345678');
      expect(got(phone)).toBeUndefined();
    },
  );

  test('gives the one that WeChat knows, by a code and a CloudID', async () => {
    const phone = open(EN);
    await phone.tap('quick');
    await phone.press('Allow');
    expect(phone.overlay).toBe('');
    expect(got(phone)).toEqual({
      errMsg: 'getPhoneNumber:ok',
      code: codeOf('19912345678'),
      cloudID: codeOf('19912345678'),
    });
  });

  test('gives another one that they choose, and each time another code', async () => {
    const phone = open(EN);
    const codes = new Set<unknown>();
    while (codes.size < 2) {
      const before = codes.size;
      await phone.tap('quick');
      const [, other] = document.querySelectorAll<HTMLInputElement>('.number-sheet input');
      other?.click();
      await phone.press('Allow');
      expect(got(phone)).toMatchObject({ code: codeOf('13800138000') });
      codes.add((got(phone) as { code: unknown }).code);
      expect(codes.size).toBe(before + 1);
    }
  });

  test('may decline', async () => {
    const phone = open(EN);
    await phone.tap('quick');
    await phone.press('Decline');
    expect(got(phone)).toEqual({ errMsg: 'getPhoneNumber:fail user deny' });
  });

  test('gives it for a real-time inquiry alike', async () => {
    const phone = open(EN);
    await phone.tap('now');
    await phone.press('Allow');
    expect(got(phone)).toMatchObject({
      errMsg: 'getRealtimePhoneNumber:ok',
      code: codeOf('19912345678'),
    });
  });
});

describe('WeChat', () => {
  test.each([
    ['noBalance', { errno: 1400001, errMsg: 'getPhoneNumber:fail no balance' }],
    ['notCertified', { errMsg: 'getPhoneNumber:fail no permission' }],
    ['declined', { errMsg: 'getPhoneNumber:fail user deny' }],
  ] as const)('asks nobody where the answer is known: %s', async (answer, detail) => {
    const phone = open();
    phone.environment.phoneNumberAnswer = answer;
    await phone.tap('quick');
    expect(phone.overlay).toBe('');
    expect(got(phone)).toEqual(detail);
  });

  test('may hand out a code that was used before', async () => {
    const phone = open(EN);
    phone.environment.phoneNumberAnswer = 'usedCode';
    await phone.tap('quick');
    await phone.press('Allow');
    expect(got(phone)).toMatchObject({ errMsg: 'getPhoneNumber:ok', code: codeOf('used') });
  });

  test('asks for nothing without a network', async () => {
    const phone = open({ online: false });
    await phone.tap('quick');
    expect(got(phone)).toEqual({ errMsg: 'getPhoneNumber:fail network error' });
  });

  test('asks for the privacy guide first', async () => {
    const phone = open(EN, true);
    await phone.tap('quick');
    await phone.press('Refuse');
    expect(got(phone)).toEqual({
      errMsg: 'getPhoneNumber:fail privacy permission is not authorized',
    });
    await phone.tap('quick');
    await phone.press('Agree');
    expect(phone.overlay).toContain('199****5678');
    await phone.press('Allow');
    expect(got(phone)).toMatchObject({ errMsg: 'getPhoneNumber:ok' });
  });
});
