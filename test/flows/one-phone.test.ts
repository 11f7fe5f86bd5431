/**
 * One phone over time: killed and opened again, offline, handed to somebody else.
 *
 * @jest-environment jsdom
 */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '#functions/testing';
import type { MiniprogramBundle } from '#preview/testing';
import { compileBundle } from '../support/compile-bundle';
import { createInProcessCloud, type InProcessCloud } from '../support/in-process-cloud';
import { memoryStore, openPhone, type OpenPhoneOptions, type TestPhone } from '../support/phone';

let bundle: MiniprogramBundle;
let cloud: InProcessCloud;
let phones: TestPhone[];

beforeAll(async () => {
  bundle = await compileBundle();
});
beforeEach(() => {
  cloud = createInProcessCloud();
  phones = [];
});
afterEach(() => {
  for (const phone of phones) phone.close();
});

function open(person: string, options: Partial<OpenPhoneOptions> = {}): TestPhone {
  const phone = openPhone({ bundle, cloud: cloud.as(person), ...options });
  phones.push(phone);
  return phone;
}

/** Kills the mini program. */
function kill(phone: TestPhone): void {
  phone.close();
  phones = phones.filter((open) => open !== phone);
}

async function signIn(phone: TestPhone): Promise<void> {
  await phone.tap('sign-in');
  await phone.tap('agree');
  await phone.tap('sheet-sign-in');
  await phone.until(() => phone.has('sign-out') && !phone.text().includes('正在读取'));
}

describe('a phone', () => {
  test('asks nobody to sign in when it is opened, and calls nothing', async () => {
    const phone = open('lin');
    await phone.until(() => phone.text('title') === '未登录');
    expect(phone.has('sheet')).toBe(false);
    expect(phone.all('article')).toHaveLength(3);
    expect(cloud.calls).toEqual([]);
  });

  test.each([
    ['en', 'Not signed in', ['Home', 'Me']],
    ['zh_CN', '未登录', ['首页', '我的']],
  ] as const)('that is set to %s speaks it, tabs included', async (language, title, tabs) => {
    const phone = open('lin', { language });
    await phone.until(() => phone.text('title') === title);
    const shown = [...document.querySelectorAll('.tab-bar__tab')].map((tab) => tab.textContent);
    expect(shown).toEqual(tabs);
  });

  test('that was killed is signed in when it is opened again', async () => {
    const store = memoryStore();
    const first = open('lin', { store });
    await signIn(first);
    kill(first);
    const second = open('lin', { store });
    expect(second.text('title')).toBe('已登录');
    await second.until(() => cloud.calls.at(-1) === 'note');
    expect(second.text('title')).toBe('已登录');
  });

  test('that was away for too long says that the sign-in has expired', async () => {
    const store = memoryStore();
    const first = open('lin', { store });
    await signIn(first);
    kill(first);
    cloud.now += defaultPolicy.idleLifetimeMs;
    const second = open('lin', { store });
    await second.until(() => second.text('title') === '未登录');
    expect(second.text('message')).toBe('登录已过期，请重新登录。');
  });

  test('that comes to the foreground learns that its session was ended', async () => {
    const phone = open('lin');
    await signIn(phone);
    await cloud.as('lin')('login', { device: { name: '小米 14' } });
    phone.hide();
    phone.show();
    await phone.until(() => phone.text('title') === '未登录');
    expect(phone.text('message')).toContain('小米 14');
  });

  test('that was replaced keeps what was written out of sight, and saves it once they have signed in again', async () => {
    const phone = open('lin');
    await signIn(phone);
    const field = () => phone.find('text').querySelector('textarea');
    await phone.type('text', '写到一半');
    await cloud.as('lin')('login', { device: { name: '小米 14' } });
    phone.hide();
    phone.show();
    await phone.until(() => phone.text('title') === '未登录');
    expect([field()?.value, field()?.disabled]).toEqual(['', true]);
    await phone.tap('save');
    await phone.tap('agree');
    await phone.tap('sheet-sign-in');
    await phone.until(() => phone.text('status') === '已保存');
    expect([field()?.value, field()?.disabled]).toEqual(['写到一半', false]);
  });

  test('without a network is opened signed in, and stays so', async () => {
    const store = memoryStore();
    const first = open('lin', { store });
    await signIn(first);
    kill(first);
    const second = open('lin', { store, online: false });
    await second.until(() => second.has('message'));
    expect(second.text('title')).toBe('已登录');
    expect(second.text('message')).toContain('网络连接不可用');
  });

  test('on which nobody could sign in notices by itself that the network is back', async () => {
    const phone = open('lin', { online: false });
    await phone.tap('sign-in');
    await phone.tap('agree');
    await phone.tap('sheet-sign-in');
    await phone.until(() => phone.has('sheet-message'));
    expect(phone.text('sheet-message')).toContain('网络连接不可用');
    phone.environment.online = true;
    await phone.until(() => !phone.has('sheet-message'));
    expect(cloud.calls).toEqual([]);
  });

  test('signed out offline and killed tells the cloud when it is opened again', async () => {
    const store = memoryStore();
    const first = open('lin', { store });
    await signIn(first);
    first.environment.online = false;
    await first.tap('sign-out');
    expect(first.text('title')).toBe('未登录');
    kill(first);
    expect(cloud.sessions.size).toBe(1);
    const second = open('lin', { store });
    await second.until(() => cloud.sessions.size === 0);
    expect(second.text('title')).toBe('未登录');
  });
});

test('two people in turn on one phone never see anything of each other', async () => {
  const stores = { lin: memoryStore(), zhou: memoryStore() };
  const lin = open('lin', { store: stores.lin });
  await signIn(lin);
  await lin.type('text', '小林的秘密');
  await lin.tap('save');
  await lin.until(() => lin.text('status') === '已保存');
  await lin.tap('sign-out');
  expect(document.body.innerHTML).not.toContain('小林的秘密');
  kill(lin);

  const zhou = open('zhou', { store: stores.zhou });
  await signIn(zhou);
  expect(document.body.innerHTML).not.toContain('小林的秘密');
  kill(zhou);

  const again = open('lin', { store: stores.lin });
  expect(again.text('title')).toBe('未登录');
  await signIn(again);
  await again.until(() => again.find('text').querySelector('textarea')?.value === '小林的秘密');
});
