import { beforeEach, expect, test } from '@jest/globals';
import { installFakeWx, profileReply, storedSession, type FakeWx } from '../../support/fake-wx';
import { configure, failOnConsoleError, openPage } from '../../support/mount';

failOnConsoleError();
configure({ webSignIn: false });

let wx: FakeWx;

beforeEach(() => {
  wx = installFakeWx();
});

test('where there is no site to sign in on, nothing on "mine" leads to one', async () => {
  wx.storage.set(...storedSession);
  wx.functions = { profile: () => profileReply('小林') };
  const page = await openPage('pages/mine/index');
  expect(page.text('devices')).toBeDefined();
  expect(['scan', 'type-code', 'sites'].map((name) => page.text(name))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
