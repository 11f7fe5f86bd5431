/**
 * A nickname and an avatar, by the platform's own way, and the question that WeChat asks first.
 *
 * @jest-environment jsdom
 */
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { MiniprogramBundle } from '#preview/testing';
import { compileBundle } from '../support/compile-bundle';
import { createInProcessCloud, type InProcessCloud } from '../support/in-process-cloud';
import { memoryStore, openPhone, type TestPhone } from '../support/phone';

let bundle: MiniprogramBundle;
let cloud: InProcessCloud;
let phone: TestPhone;

beforeAll(async () => {
  bundle = await compileBundle();
});
beforeEach(() => {
  cloud = createInProcessCloud();
  phone = open('lin');
});
afterEach(() => phone.close());

const open = (person: string, store = memoryStore()): TestPhone =>
  openPhone({ bundle, cloud: cloud.as(person), files: cloud.files, store });

async function signIn(): Promise<void> {
  await phone.tap('sign-in');
  await phone.tap('agree');
  await phone.tap('sheet-sign-in');
  await phone.until(() => phone.has('sign-out') && !phone.text().includes('正在读取'));
}

async function openProfile(): Promise<void> {
  await signIn();
  await phone.press('我的');
  await phone.tap('profile');
  await phone.until(() => phone.path === 'pages/profile/index' && phone.has('nickname'));
}

async function chooseAvatar(): Promise<void> {
  await phone.tap('avatar-cell');
  if (phone.has('privacy-agree')) await phone.tap('privacy-agree');
  await phone.until(() => phone.overlay.includes('用微信头像'));
  await phone.press('用微信头像');
  await phone.until(() => phone.overlay.includes('已保存'));
}

test('an avatar is asked for only after the person has accepted the privacy guide', async () => {
  await openProfile();
  await phone.tap('avatar-cell');
  expect(phone.text('privacy-title')).toBe('隐私保护提示');
  await phone.tap('guide');
  await phone.press('确定');
  await phone.tap('privacy-disagree');
  expect([phone.has('privacy-title'), phone.overlay]).toEqual([false, '']);

  await chooseAvatar();
  expect([...cloud.files.keys()]).toHaveLength(1);
  expect(phone.has('picture')).toBe(true);
  await phone.tap('avatar-cell');
  expect(phone.has('privacy-title')).toBe(false);
  await phone.press('取消');
});

test('whoever leaves the page has not accepted', async () => {
  await openProfile();
  await phone.tap('avatar-cell');
  await phone.press('返回');
  await phone.tap('profile');
  await phone.tap('avatar-cell');
  expect(phone.has('privacy-title')).toBe(true);
});

test('a nickname is saved, and shown on the page before', async () => {
  await openProfile();
  await phone.type('nickname', '小林');
  await phone.tap('profile-save');
  await phone.until(() => phone.overlay.includes('已保存'));
  await phone.press('返回');
  expect(phone.text('profile-name')).toBe('小林');
});

test('a new avatar takes the place of the old file, and clearing takes back both', async () => {
  await openProfile();
  await chooseAvatar();
  const [first] = [...cloud.files.keys()];
  await chooseAvatar();
  expect([...cloud.files.keys()]).toHaveLength(1);
  expect(cloud.files.has(first ?? '')).toBe(false);
  await phone.tap('clear');
  await phone.press('清除');
  await phone.until(() => phone.overlay.includes('已清除'));
  expect([cloud.files.size, phone.has('picture')]).toEqual([0, false]);
});

test('nothing of it is left on the screen once the person has signed out', async () => {
  await openProfile();
  await phone.type('nickname', '小林的名字');
  await phone.tap('profile-save');
  await phone.until(() => phone.overlay.includes('已保存'));
  await phone.press('返回');
  await phone.tap('mine-sign-out');
  await phone.press('退出本机登录');
  await phone.until(() => phone.text('profile-name') === '未登录');
  expect(document.body.innerHTML).not.toContain('小林的名字');
});

test('a save that fails says so, and keeps what was typed', async () => {
  await openProfile();
  phone.environment.online = false;
  await phone.type('nickname', '小林');
  await phone.tap('profile-save');
  await phone.until(() => phone.overlay.includes('操作未完成'));
  expect(phone.find('nickname').querySelector('input')?.value).toBe('小林');
});

test('a name that was typed by whoever has none yet outlives the end of their session', async () => {
  await openProfile();
  await phone.type('nickname', '小林');
  await cloud.as('lin')('login', { device: { name: '小米 14' } });
  await phone.tap('avatar-cell');
  if (phone.has('privacy-agree')) await phone.tap('privacy-agree');
  await phone.until(() => phone.overlay.includes('用微信头像'));
  await phone.press('用微信头像');
  await phone.until(() => phone.has('sheet-sign-in'));
  await phone.tap('agree');
  await phone.tap('sheet-sign-in');
  await phone.until(() => phone.has('picture'));
  expect(phone.find('nickname').querySelector('input')?.value).toBe('小林');
  // Nothing was left behind on the way.
  expect(cloud.files.size).toBe(1);
});
