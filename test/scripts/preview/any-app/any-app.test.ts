import { afterEach, expect, test } from '@jest/globals';
import { anyApp } from '../../../../scripts/preview/any-app/any-app';
import { asksForPhoneNumbers } from '../../../../scripts/preview/any-app/asks-for-phone-numbers';
import { madeUpLoginCodes } from '../../../../scripts/preview/any-app/login-codes';
import { readSettings } from '../../../../scripts/preview/app/settings';
import { removeMiniprograms, writeFolder } from '../../../support/miniprogram-folder';

afterEach(removeMiniprograms);

const project = { id: 'shop-1', title: 'Shop', appid: 'wx1' };

test('an app that nobody described has its title and appid, two people, and a storage of its own', () => {
  const app = anyApp(project);
  expect(app.title).toEqual({ zh: 'Shop', en: 'Shop' });
  expect(Object.keys(app.providers)).toEqual(['wechat']);
  expect(app.providers.wechat.appid).toBe('wx1');
  expect(Object.keys(app.people)).toHaveLength(2);
  expect(app.storage).not.toBe(anyApp({ ...project, id: 'shop-2' }).storage);
});

test('the pages read what was written for them', () => {
  const settings = { asksForPhoneNumbers: true, project };
  expect(readSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  expect(readSettings({})).toEqual({ asksForPhoneNumbers: false });
});

test.each([
  ['<button open-type="getPhoneNumber">', true],
  [`<button open-type = 'getRealtimePhoneNumber|agreePrivacyAuthorization'>`, true],
  ['<button open-type="share">getPhoneNumber</button>', false],
])('%s asks for a phone number: %p', (wxml, asks) => {
  expect(asksForPhoneNumbers(writeFolder({ 'pages/a/a.wxml': wxml }))).toBe(asks);
  expect(asksForPhoneNumbers(writeFolder({ 'node_modules/a/a.wxml': wxml }))).toBe(false);
});

test('a login code is another each time', () => {
  const { issueCode } = madeUpLoginCodes();
  expect(issueCode('me')).not.toBe(issueCode('me'));
});
