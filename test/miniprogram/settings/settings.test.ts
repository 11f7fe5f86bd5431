import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, settingsWith } from '../../../miniprogram/settings/settings';

const configured = (...given: readonly unknown[]) => given.reduce(settingsWith, DEFAULT_SETTINGS);

test('what is left out keeps its default, or what was said before', () => {
  const legalPage = '/pages/legal/index';
  expect(configured({ legalPage }, { signInMethods: ['wechat', 'phone'] })).toEqual({
    ...DEFAULT_SETTINGS,
    legalPage,
    signInMethods: ['wechat', 'phone'],
  });
});

test('texts and the gateway are said in part or whole', () => {
  const texts = { 'zh-CN': { sheet: { title: '请登录' }, codeUsed: '请重试' } };
  const gateway = { url: 'https://example.com/gateway', platform: 'qq' };
  expect(configured({ texts }, { transport: 'http', gateway })).toMatchObject({ texts, gateway });
});

describe('refused, by name', () => {
  test.each([
    [{ legalPages: '/pages/a' }, 'legalPages is unknown; known are legalPage, signInMethods'],
    [{ toString: 1 }, 'toString is unknown'],
    [{ legalPage: 'pages/legal/index' }, 'legalPage must be the path of a page, from the root'],
    [{ legalPage: '/pages/legal/index?x=1' }, 'legalPage must be'],
    [{ signInMethods: [] }, 'signInMethods must be a list of at least one'],
    [{ signInMethods: 'phone' }, 'signInMethods must be a list'],
    [{ signInMethods: ['wechat', 'mail'] }, "signInMethods[1] must be 'wechat' or 'phone' or"],
    [{ transport: 'https' }, "transport must be 'cloud' or 'http'"],
    [{ transport: 'http' }, "gateway.url is missing, for transport 'http'"],
    [{ gateway: { url: 'https://a/', platform: 'qq' } }, 'gateway.url must be an address without'],
    [{ gateway: { uri: '' } }, 'gateway.uri is unknown'],
    [{ texts: { zh: {} } }, 'texts.zh is unknown; known are zh-CN, en'],
    [{ texts: { en: { sheet: { titel: '' } } } }, 'texts.en.sheet.titel is unknown'],
    [{ texts: { en: { sheet: { title: 1 } } } }, 'texts.en.sheet.title must be a text'],
    [{ texts: { en: { months: ['Jan'] } } }, 'texts.en.months must be a list of 12'],
    [undefined, 'it takes an object'],
    [['legalPage'], 'it takes an object'],
  ])('%j', (given, problem) => {
    expect(() => configured(given)).toThrow(TypeError);
    expect(() => configured(given)).toThrow(`session.configure: ${problem}`);
  });
});
