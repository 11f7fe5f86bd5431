/** WeChat's dialogs, with the copy that is the same on every page. */
import { currentCopy } from '../i18n/current';

const { cancel: cancelText, confirm, failed } = currentCopy().mine;

/**
 * Resolves to whether the person confirmed. The button reads “Sign out” unless `confirmText` says
 * otherwise.
 */
export async function confirmed(question: WechatMiniprogram.ShowModalOption): Promise<boolean> {
  return (await wx.showModal({ confirmText: confirm, cancelText, ...question })).confirm;
}

/** The place of what was chosen, or `undefined`. Closing the sheet rejects, which is no error. */
export async function chosen(itemList: string[]): Promise<number | undefined> {
  try {
    return (await wx.showActionSheet({ itemList })).tapIndex;
  } catch {
    return undefined;
  }
}

export async function toast(title: string): Promise<void> {
  await wx.showToast({ title, icon: 'none' });
}

/** Shows `success` once it is done, or that it failed. */
export async function report(done: Promise<boolean>, success: string): Promise<void> {
  await toast((await done) ? success : failed);
}
