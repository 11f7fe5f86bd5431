import { expect, test } from '@jest/globals';
import { installFakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage } from '../../support/mount';

failOnConsoleError();

test.each([
  ['terms', '用户协议'],
  ['privacy', '隐私政策'],
  ['anything', '用户协议'],
])('?name=%s shows %s', async (name, title) => {
  const wx = installFakeWx();
  const page = await openPage('pages/legal/index', { name });
  expect(page.text('legal-title')).toBe(title);
  expect(page.texts('section').length).toBeGreaterThan(1);
  expect(wx.heard).toContain(`setNavigationBarTitle ${title}`);
});
