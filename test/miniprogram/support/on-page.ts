/** What a person does on a mounted page. */
import { storedSession, type FakeWx } from '../../support/fake-wx';
import { openPage, type Mounted } from '../../support/mount';

/** Opens a page on a phone that is signed in. */
export function openSignedIn(wx: FakeWx, path: string): Promise<Mounted> {
  wx.storage.set(...storedSession);
  return openPage(path);
}

/** In the sheet that is open. */
export async function agreeAndSignIn(page: Mounted): Promise<void> {
  await page.tap('agree');
  await page.tap('sheet-sign-in');
}

/** What a function answers that failed, and will fail again. */
export const FAILED = { ok: false, code: 'INTERNAL', message: '', retryable: false };
